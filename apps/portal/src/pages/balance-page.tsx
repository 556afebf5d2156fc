/** Check my balance: a report, a file, an account id, and what the verifier says of them. */
import type { Rejection } from '@solvent/stark/verdict';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckedFile } from '../check-record.js';
import { readDigest } from '../digest-input.js';
import { Field } from '../parts/field.js';
import { reasonOf, type Session } from '../session.js';
import { strings } from '../strings/en.js';
import type { OpenedReport } from '../worker/requests.js';
import { BalanceResult } from './balance-result.js';
import { FileChoice, type GivenFile } from './file-choice.js';
import { ReportPanel } from './report-panel.js';

const t = strings.balance;

type Outcome = { readonly checked: CheckedFile } | { readonly noAnswer: string };

export function BalancePage({ session }: { session: Session }) {
  const { client, list } = session;
  const [folder, setFolder] = useState(list.reports.at(-1)?.folder ?? '');
  const [opened, setOpened] = useState<OpenedReport | Rejection>();
  const [file, setFile] = useState<GivenFile>();
  const [accountId, setAccountId] = useState('');
  const [digestText, setDigestText] = useState('');
  const [isChecking, setChecking] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const result = useRef<HTMLHeadingElement>(null);

  // What was found is about what was given: with anything else given, it is gone.
  const forget = () => setOutcome(undefined);
  useEffect(forget, [folder, file, accountId, digestText]);
  useEffect(() => {
    if (outcome !== undefined) result.current?.focus();
  }, [outcome]);

  const digest = readDigest(digestText);
  const missing = [
    ...(opened?.ok ? [] : [t.missing.report]),
    ...(file === undefined ? [t.missing.file] : []),
    ...(accountId === '' ? [t.missing.id] : []),
  ];

  const check = async (event: Event) => {
    event.preventDefault();
    if (!opened?.ok || file === undefined || missing.length > 0 || digest.kind === 'wrong') return;
    setChecking(true);
    const comparedDigest = digest.kind === 'digest' ? digest.hex : undefined;
    try {
      const { bytes, name } = file;
      const request = { folder: opened.folder, file: bytes, accountId, manifestDigest: comparedDigest };
      const verdict = await client.ask('inclusion', request);
      const about = { name, bytes, accountId, comparedDigest, report: opened, verdict };
      setOutcome({ checked: { ...about, confirmed: undefined, checkedAt: new Date() } });
    } catch (error) {
      setOutcome({ noAnswer: reasonOf(error) });
    } finally {
      setChecking(false);
    }
  };

  const confirm = (confirmed: boolean) => {
    if (outcome && 'checked' in outcome) setOutcome({ checked: { ...outcome.checked, confirmed } });
  };

  return (
    <>
      <h1>{strings.pages.balance}</h1>
      <p class="lead">{t.lead}</p>
      <form class="columns" onSubmit={check} noValidate>
        <div class="column-side">
          <ReportPanel session={session} folder={folder} onChoose={setFolder} opened={opened} onOpened={setOpened} />
        </div>
        <div class="column-main">
          <section class="panel" aria-labelledby="file-title">
            <h2 id="file-title">{t.fileTitle}</h2>
            <FileChoice session={session} folder={folder} file={file} onFile={setFile} onAccount={setAccountId} />
          </section>
          <section class="panel" aria-labelledby="id-title">
            <h2 id="id-title">{t.idTitle}</h2>
            <Field
              id="account-id"
              label={t.idLabel}
              hint={t.idHint}
              value={accountId}
              onInput={setAccountId}
              note={accountId === accountId.trim() ? undefined : t.idSpaces}
            />
          </section>
          <section class="panel" aria-labelledby="digest-title">
            <h2 id="digest-title">{t.digestTitle}</h2>
            <Field
              id="other-digest"
              label={t.digestLabel}
              hint={t.digestHint}
              value={digestText}
              onInput={setDigestText}
              fault={digest.kind === 'wrong' ? t.digestWrong : undefined}
              isDigest
            />
          </section>
          <div class="action">
            <button
              type="submit"
              class="primary"
              aria-disabled={missing.length > 0 || digest.kind === 'wrong' || isChecking}
              aria-describedby={missing.length > 0 ? 'still-needed' : undefined}
            >
              {isChecking ? t.checking : t.check}
            </button>
            {missing.length > 0 && (
              <p id="still-needed" class="muted">
                {t.needs(missing.join(', '))}
              </p>
            )}
          </div>
        </div>
      </form>
      {outcome !== undefined && (
        <section class="result" aria-labelledby="result-title">
          <h2 id="result-title" ref={result} tabIndex={-1}>
            {strings.result.title}
          </h2>
          {'noAnswer' in outcome ? (
            <p>{strings.result.noAnswer(outcome.noAnswer)}</p>
          ) : (
            <BalanceResult
              checked={outcome.checked}
              list={list}
              onConfirm={confirm}
              onChooseReport={(other) => setFolder(other)}
            />
          )}
        </section>
      )}
    </>
  );
}
