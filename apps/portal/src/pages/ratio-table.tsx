// biome-ignore-all lint/a11y/noRedundantRoles: on narrow screens the table is laid out as blocks, which takes its roles away.
/** What is owed, what is held, and the ratio of both, asset by asset. */
import type { Quantity } from '@solvent/report-format/fraction';
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import { formats } from '../formats.js';
import { ShortAmount, shownDecimals } from '../parts/amount.js';
import { RatioGauge } from '../parts/ratio-gauge.js';
import { VerdictMark } from '../parts/verdict-mark.js';
import { strings } from '../strings/en.js';

const t = strings.exchange;

export function RatioTable({ ratios }: { ratios: readonly AssetRatio[] }) {
  const decimals = {
    owed: mostDecimals(ratios.map(({ liabilities }) => liabilities)),
    held: mostDecimals(ratios.map(({ reserves }) => reserves)),
  };
  return (
    <table class="ratios stacked" role="table" aria-label={t.ratios}>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {t.asset}
          </th>
          <th scope="col" role="columnheader" class="right">
            {t.owed}
          </th>
          <th scope="col" role="columnheader" class="right">
            {t.held}
          </th>
          <th scope="col" role="columnheader" class="right">
            {t.ratio}
          </th>
          <td role="cell" class="gauge-head" aria-hidden="true">
            <span>80</span>
            <span>100&nbsp;%</span>
            <span>130</span>
          </td>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {ratios.map((line) => (
          <RatioRow key={line.asset} line={line} decimals={decimals} />
        ))}
      </tbody>
    </table>
  );
}

function RatioRow({ line, decimals }: { line: AssetRatio; decimals: { owed: number; held: number } }) {
  const { asset, liabilities, reserves, percent, covered, shortfall, ratio } = line;
  return (
    <tr role="row" class={covered ? undefined : 'row-failed'}>
      <th scope="row" role="rowheader">
        {asset}
      </th>
      <td role="cell" class="right owed-cell" data-label={t.owed}>
        <ShortAmount {...liabilities} columnDecimals={decimals.owed} />
      </td>
      <td role="cell" class="right held-cell" data-label={t.held}>
        <ShortAmount {...reserves} columnDecimals={decimals.held} />
      </td>
      <td role="cell" class="right ratio-cell">
        {!covered && <VerdictMark state="failed" label={null} />}
        <strong>{percent === undefined ? t.noneOwed : formats.percent(percent)}</strong>
        {!covered && (
          <span class="fault ratio-missing">{t.missing(formats.amountText(shortfall.units, shortfall.decimals))}</span>
        )}
      </td>
      <td role="cell" class="gauge-cell">
        <RatioGauge ratio={ratio} covered={covered} />
      </td>
    </tr>
  );
}

function mostDecimals(quantities: readonly Quantity[]): number {
  return Math.max(0, ...quantities.map(({ units, decimals }) => shownDecimals(units, decimals)));
}
