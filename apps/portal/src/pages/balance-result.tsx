/** What the verifier says of a holder's file, and what to do about it. */
import { adviceOn } from '../advice.js';
import { type CheckedFile, checkRecord } from '../check-record.js';
import { formats } from '../formats.js';
import { Amount } from '../parts/amount.js';
import { Readout } from '../parts/readout.js';
import { saveText } from '../parts/save-file.js';
import { inclusionSentence } from '../sentences.js';
import { strings } from '../strings/en.js';
import type { AcceptedInclusion, Balance, ReportList } from '../worker/requests.js';

const t = strings.result;

export function BalanceResult(props: {
  checked: CheckedFile;
  list: ReportList;
  onConfirm(confirmed: boolean): void;
  onChooseReport(folder: string): void;
}) {
  const { checked } = props;
  const { verdict, confirmed } = checked;
  const ok = verdict.ok && confirmed !== false;
  return (
    <Readout ok={ok} sentence={inclusionSentence(ok)}>
      <p class="readout-account">
        <span class="label">{t.account}</span> <bdi>{checked.accountId}</bdi>
      </p>
      {verdict.ok ? <Accepted {...props} verdict={verdict} /> : <Rejected {...props} {...verdict} />}
      <div class="action">
        <button type="button" onClick={() => saveText(recordName(checked), checkRecord(checked))}>
          {t.save}
        </button>
        <p class="hint">{t.saveHint}</p>
      </div>
    </Readout>
  );
}

function recordName({ report, checkedAt }: CheckedFile): string {
  const id = report.reportId.replace(/[^A-Za-z0-9-]+/g, '-');
  return `check-record-${id}-${checkedAt.toISOString().slice(0, 10)}.json`;
}

function Accepted(props: { checked: CheckedFile; verdict: AcceptedInclusion; onConfirm(confirmed: boolean): void }) {
  const { checked, verdict } = props;
  return (
    <>
      <BalanceTable balances={verdict.balances} time={checked.report.snapshotTime} />
      {checked.confirmed === undefined ? (
        <fieldset class="question">
          <legend>{t.question}</legend>
          <button type="button" onClick={() => props.onConfirm(true)}>
            {t.yes}
          </button>
          <button type="button" onClick={() => props.onConfirm(false)}>
            {t.no}
          </button>
        </fieldset>
      ) : (
        <div role="status">
          <p>{checked.confirmed ? t.confirmed : t.denied}</p>
          {!checked.confirmed && <p>{strings.advice.otherBalances}</p>}
        </div>
      )}
      <p class="muted">
        {verdict.digestCompared ? t.digestCompared : t.digestToCompare}{' '}
        {t.where(formats.count(verdict.rows.length), formats.count(verdict.segment))},{' '}
        {t.took(formats.seconds(verdict.milliseconds))}.
      </p>
    </>
  );
}

function BalanceTable({ balances, time }: { balances: readonly Balance[]; time: string }) {
  const decimals = Math.max(0, ...balances.map((balance) => balance.decimals));
  if (balances.length === 0) return <p>{t.noBalances}</p>;
  return (
    <table class="balances">
      <caption>{t.yourBalances(formats.time(time))}</caption>
      <thead>
        <tr>
          <th scope="col">{t.asset}</th>
          <th scope="col" class="right">
            {t.balance}
          </th>
        </tr>
      </thead>
      <tbody>
        {balances.map((balance) => (
          <tr key={balance.symbol}>
            <th scope="row">{balance.symbol}</th>
            <td class="right">
              <Amount units={balance.units} decimals={balance.decimals} columnDecimals={decimals} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rejected(props: {
  checked: CheckedFile;
  list: ReportList;
  step: string;
  code: string;
  detail: string;
  onChooseReport(folder: string): void;
}) {
  const { step, code, detail, checked, list } = props;
  const other = code === 'other-report' ? reportOfFile(checked.bytes, list) : undefined;
  return (
    <>
      <p>
        {t.rejected(step, code)}: <span class="detail">{detail}</span>
      </p>
      <h3>{t.whatToDo}</h3>
      <p>{adviceOn(step, code)}</p>
      {other !== undefined && (
        <p>
          {t.belongsTo(other.reportId)}{' '}
          <button type="button" onClick={() => props.onChooseReport(other.folder)}>
            {t.tryOther(other.reportId)}
          </button>
        </p>
      )}
    </>
  );
}

/** Which report a file says it belongs to: a suggestion for the holder, checked anew when they take it. */
function reportOfFile(bytes: Uint8Array, { reports }: ReportList) {
  try {
    const { manifest } = JSON.parse(new TextDecoder().decode(bytes)) as { manifest?: unknown };
    return reports.find(({ chained }) => chained?.manifest === manifest);
  } catch {
    return undefined;
  }
}
