// biome-ignore-all lint/a11y/noRedundantRoles: on narrow screens the table is laid out as blocks, which takes its roles away.
/** The wallets of a report with their verdicts, a page at a time: a list can have hundreds of thousands. */
import { useState } from 'preact/hooks';
import { formats } from '../formats.js';
import { type State, VerdictMark } from '../parts/verdict-mark.js';
import { strings } from '../strings/en.js';
import type { WalletLine } from '../worker/requests.js';

const t = strings.exchange;
// Wallets stand one below the other on a phone, where each takes more room.
const pageSize = matchMedia('(max-width: 48rem)').matches ? 8 : 20;
const verdicts = ['verified', 'failed', 'unproven', 'unsupported'] as const;

const stateOf: Record<WalletLine['verdict'], State> = {
  verified: 'passed',
  failed: 'failed',
  unproven: 'note',
  unsupported: 'note',
};

export function WalletTable({ wallets }: { wallets: readonly WalletLine[] }) {
  const [shown, setShown] = useState<WalletLine['verdict'] | 'all'>('all');
  const [page, setPage] = useState(0);
  const chosen = shown === 'all' ? wallets : wallets.filter(({ verdict }) => verdict === shown);
  const pageCount = Math.max(1, Math.ceil(chosen.length / pageSize));
  const countOf = (verdict: WalletLine['verdict']) => wallets.filter((wallet) => wallet.verdict === verdict).length;
  return (
    <>
      <div class="table-tools">
        <div class="field-inline">
          <label for="wallet-filter">{t.show}</label>
          <select
            id="wallet-filter"
            value={shown}
            onChange={(event) => {
              setShown(event.currentTarget.value as typeof shown);
              setPage(0);
            }}
          >
            <option value="all">{t.allVerdicts(formats.count(wallets.length))}</option>
            {verdicts.map((verdict) => (
              <option key={verdict} value={verdict}>
                {t.verdictCount(t.verdicts[verdict], formats.count(countOf(verdict)))}
              </option>
            ))}
          </select>
        </div>
        <Pager page={page} pageCount={pageCount} onPage={setPage} />
      </div>
      <table class="wallets stacked" role="table" aria-label={t.wallets}>
        <thead role="rowgroup">
          <tr role="row">
            {[t.asset, t.network, t.address, t.verdict].map((title) => (
              <th key={title} scope="col" role="columnheader">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {chosen.slice(page * pageSize, (page + 1) * pageSize).map((wallet) => (
            <WalletRow key={wallet.line} wallet={wallet} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function WalletRow({ wallet }: { wallet: WalletLine }) {
  const { asset, network, address, verdict, step, code, detail, isDuplicate } = wallet;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {asset}
      </th>
      <td role="cell" data-label={t.network}>
        {network}
      </td>
      <td role="cell" data-label={t.address}>
        <code class="address">{address}</code>
      </td>
      <td role="cell" data-label={t.verdict}>
        <VerdictMark state={stateOf[verdict]} label={t.verdicts[verdict]} />
        {isDuplicate && <span class="hint"> {t.duplicate}</span>}
        <p class="hint detail">
          {step}, {code}: {detail}
        </p>
      </td>
    </tr>
  );
}

function Pager(props: { page: number; pageCount: number; onPage(page: number): void }) {
  const { page, pageCount, onPage } = props;
  if (pageCount === 1) return null;
  return (
    <div class="pager">
      <button type="button" aria-disabled={page === 0} onClick={() => page > 0 && onPage(page - 1)}>
        {t.previous}
      </button>
      <span role="status">{t.page(formats.count(page + 1), formats.count(pageCount))}</span>
      <button
        type="button"
        aria-disabled={page + 1 >= pageCount}
        onClick={() => page + 1 < pageCount && onPage(page + 1)}
      >
        {t.next}
      </button>
    </div>
  );
}
