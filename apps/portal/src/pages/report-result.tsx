/** What became of a whole report: the verdict first, then the numbers, then every check. */
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import { formats } from '../formats.js';
import { Digest } from '../parts/digest.js';
import { Readout } from '../parts/readout.js';
import { VerdictMark } from '../parts/verdict-mark.js';
import { reportSentence } from '../sentences.js';
import type { Session } from '../session.js';
import { strings } from '../strings/en.js';
import type { CheckedReport } from '../worker/requests.js';
import { CheckList } from './check-list.js';
import { RatioTable } from './ratio-table.js';
import { WalletTable } from './wallet-table.js';

const t = strings.exchange;

export function ReportResult({ session, report }: { session: Session; report: CheckedReport }) {
  const { binding, ratio, liabilities, reserves, ownership } = report;
  const { ratios = [] } = ratio;
  const isShort = ratios.some(({ covered }) => !covered);
  const sentence = !report.ok ? t.failed : isShort ? t.passedButShort : t.passed;
  return (
    <>
      <Readout ok={report.ok && !isShort} sentence={sentence}>
        <ul class="readout-lines">
          <li>
            <VerdictMark state={liabilities.ok ? 'passed' : 'failed'} label={null} />
            <span>{reportSentence(liabilities.ok)}</span>
          </li>
          {ratios.length > 0 && <CoverLine ratios={ratios} />}
        </ul>
        {!report.ok && <p>{t.failedAdvice}</p>}
        <p class="muted">{t.took(formats.seconds(report.milliseconds))}</p>
        {binding.ok && (
          <>
            <Digest title={strings.report.reportDigest} hex={binding.digest} />
            <p class="hint">{binding.anchored ? strings.parts.binding.anchored : strings.report.compare}</p>
          </>
        )}
      </Readout>
      {ratios.length > 0 && (
        <section class="section" aria-labelledby="ratio-title">
          <h2 id="ratio-title">{t.ratios}</h2>
          <RatioTable ratios={ratios} />
          <p class="hint">{t.rounded}</p>
        </section>
      )}
      <section class="section" aria-labelledby="checks-title">
        <h2 id="checks-title">{t.checks}</h2>
        <CheckList base={session.settings.reports} report={report} />
      </section>
      {ownership.wallets !== undefined && (
        <section class="section" aria-labelledby="wallets-title">
          <h2 id="wallets-title">{t.wallets}</h2>
          <WalletTable wallets={ownership.wallets} />
        </section>
      )}
      {reserves.ok && reserves.assets.some(({ parts }) => parts.some(({ token }) => token !== null)) && (
        <section class="section" aria-labelledby="tokens-title">
          <h2 id="tokens-title">{t.tokens}</h2>
          <p class="hint">{t.tokensHint}</p>
          <ul class="token-list">
            {reserves.assets.flatMap(({ asset, parts }) =>
              parts.flatMap(({ network, token, total }) =>
                token === null
                  ? []
                  : [
                      <li key={`${network} ${token}`}>
                        {t.tokenLine(formats.amountText(total.units, total.decimals), token, network, asset)}
                      </li>,
                    ],
              ),
            )}
          </ul>
        </section>
      )}
    </>
  );
}

function CoverLine({ ratios }: { ratios: readonly AssetRatio[] }) {
  const short = ratios.filter(({ covered }) => !covered).length;
  const lowest = lowestRatio(ratios);
  const all = formats.count(ratios.length);
  return (
    <li>
      <VerdictMark state={short === 0 ? 'passed' : 'failed'} label={null} />
      <span>
        {short === 0 ? t.allCovered(all) : t.short(formats.count(short), all)}{' '}
        {lowest?.percent !== undefined && t.lowest(lowest.asset, formats.percent(lowest.percent))}
      </span>
    </li>
  );
}

/** The asset with the least ratio, compared exactly; of those that are owed at all. */
export function lowestRatio(ratios: readonly AssetRatio[]): AssetRatio | undefined {
  const owed = ratios.filter(({ percent }) => percent !== undefined);
  const isBelow = (a: AssetRatio, b: AssetRatio) =>
    a.ratio.numerator * b.ratio.denominator < b.ratio.numerator * a.ratio.denominator;
  return owed.reduce<AssetRatio | undefined>((low, one) => (low && !isBelow(one, low) ? low : one), undefined);
}
