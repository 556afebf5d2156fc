/** Every check of a report, each with its steps, and how to do it without this page. */
import type { ComponentChildren } from 'preact';
import { checkCommand, downloadCommands, type PartName } from '../commands.js';
import { formats } from '../formats.js';
import { CommandText } from '../parts/command-text.js';
import { type State, VerdictMark } from '../parts/verdict-mark.js';
import { strings } from '../strings/en.js';
import type { CheckedReport } from '../worker/requests.js';

const t = strings.exchange;
const partNames: readonly PartName[] = ['binding', 'liabilities', 'ownership', 'reserves', 'ratio'];

export function CheckList({ base, report }: { base: string; report: CheckedReport }) {
  return (
    <ul class="checks">
      {partNames.map((part) => (
        <li key={part}>
          <Check base={base} report={report} part={part} />
        </li>
      ))}
    </ul>
  );
}

function Check({ base, report, part }: { base: string; report: CheckedReport; part: PartName }) {
  const verdict = report[part];
  const state: State = verdict.ok ? 'passed' : verdict.code === 'not-checked' ? 'notChecked' : 'failed';
  const { title, steps } = strings.parts[part];
  return (
    <details class="check" open={state === 'failed'}>
      <summary>
        <VerdictMark state={state} />
        <span class="check-title">{title}</span>
      </summary>
      <div class="check-body">
        {!verdict.ok && (
          <p>
            {state === 'failed' && `${strings.result.rejected(verdict.step, verdict.code)}: `}
            <span class="detail">{verdict.detail}</span>
          </p>
        )}
        {factsOf(report, part)}
        <p class="muted">
          {t.steps}: {steps}
        </p>
        <WithoutUs base={base} report={report} part={part} />
      </div>
    </details>
  );
}

function WithoutUs({ base, report, part }: { base: string; report: CheckedReport; part: PartName }) {
  const { binding, folder } = report;
  if (!binding.ok) return null;
  const published = { base, folder, ...binding };
  return (
    <>
      <h3>{t.withoutYou}</h3>
      <p>{t.download}</p>
      <CommandText lines={[...downloadCommands(published), checkCommand(published, part)]} />
      {part === 'reserves' && <p class="hint">{t.nodes}</p>}
    </>
  );
}

function factsOf(report: CheckedReport, part: PartName): ComponentChildren {
  const { binding, liabilities, ownership, reserves } = report;
  const words = strings.parts;
  const count = (value: number) => formats.count(value);
  switch (part) {
    case 'binding':
      if (!binding.ok) return null;
      return (
        <p>
          {words.binding.about(count(binding.boundCount))}{' '}
          {binding.signedBy === undefined ? words.binding.unsigned : words.binding.signedBy(binding.signedBy)}{' '}
          {binding.anchored ? words.binding.anchored : words.binding.notAnchored}
        </p>
      );
    case 'liabilities':
      return (
        liabilities.ok && <p>{words.liabilities.about(count(liabilities.rowCount), count(liabilities.segmentCount))}</p>
      );
    case 'ownership': {
      if (ownership.counts === undefined) return null;
      const { verified, failed, unproven, unsupported } = ownership.counts;
      const notShown = unproven + unsupported;
      return (
        <p>
          {words.ownership.about(count(verified), count(verified + failed + notShown))}{' '}
          {notShown > 0 && words.ownership.notShown(count(notShown))}
        </p>
      );
    }
    case 'reserves': {
      if (!reserves.ok) return null;
      const tips = reserves.assets.reduce((sum, { tipCount }) => sum + tipCount, 0);
      const counted = reserves.assets.reduce((sum, { entryCount }) => sum + entryCount, 0);
      return (
        <p>
          {words.reserves.about(count(counted))} {tips > 0 && words.reserves.tip(count(tips))}{' '}
          {reserves.uncountedCount > 0 && words.reserves.uncounted(count(reserves.uncountedCount))}
        </p>
      );
    }
    case 'ratio':
      return <p>{words.ratio.about}</p>;
  }
}
