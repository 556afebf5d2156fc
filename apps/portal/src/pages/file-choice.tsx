/** How a holder's file gets into the page: from this device, or from the exchange's API with a token. */
import { useRef, useState } from 'preact/hooks';
import { accountOfToken } from '../bearer-token.js';
import { fetchInclusion } from '../fetch-inclusion.js';
import { formats } from '../formats.js';
import { Field } from '../parts/field.js';
import { reasonOf, type Session } from '../session.js';
import { strings } from '../strings/en.js';

const t = strings.balance;
// Larger than any inclusion file (spec §7.3), so that the verifier says what is wrong with one that is too large.
const largestRead = 2 ** 24;

/** A file that the holder has given. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function FileChoice(props: {
  session: Session;
  folder: string;
  file: GivenFile | undefined;
  onFile(file: GivenFile | undefined): void;
  onAccount(accountId: string): void;
}) {
  const { file, onFile } = props;
  const [fault, setFault] = useState<string>();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const take = async (given: File | undefined) => {
    setFault(undefined);
    if (given === undefined) return;
    if (given.size > largestRead) {
      setFault(t.tooLarge(formats.size(given.size)));
      return onFile(undefined);
    }
    try {
      onFile({ name: given.name, bytes: new Uint8Array(await given.arrayBuffer()) });
    } catch (error) {
      setFault(reasonOf(error));
    }
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop at; the input in it does the same by keyboard. */}
      <div
        class={isOver ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files[0]);
        }}
      >
        <label for="inclusion-file">
          {t.drop} <span class="link">{t.choose}</span>
        </label>
        <input
          id="inclusion-file"
          ref={input}
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            // The same file can be chosen again after it was mended.
            event.currentTarget.value = '';
          }}
        />
        <p class="drop-file" aria-live="polite">
          {file !== undefined && t.chosen(file.name, formats.size(file.bytes.length))}
        </p>
      </div>
      {fault !== undefined && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {props.session.settings.api !== null && <ApiChoice {...props} api={props.session.settings.api} />}
    </>
  );
}

function ApiChoice(props: {
  api: string;
  session: Session;
  folder: string;
  onFile(file: GivenFile): void;
  onAccount(accountId: string): void;
}) {
  const [token, setToken] = useState('');
  const [isFetching, setFetching] = useState(false);
  const [fault, setFault] = useState<string>();
  const reportId = props.session.list.reports.find(({ folder }) => folder === props.folder)?.reportId ?? '';

  const fetchFile = async () => {
    setFetching(true);
    setFault(undefined);
    try {
      const bytes = await fetchInclusion(props.api, token.trim(), props.folder);
      props.onFile({ name: t.fetchedName(reportId), bytes });
      const accountId = accountOfToken(token, props.session.settings.accountClaim);
      if (accountId !== undefined) props.onAccount(accountId);
      setToken('');
    } catch (error) {
      setFault(t.fetchFailed(reasonOf(error)));
    } finally {
      setFetching(false);
    }
  };

  return (
    <details class="api-choice">
      <summary>{t.fetchTitle}</summary>
      <Field
        id="token"
        label={t.token}
        hint={t.tokenHint}
        value={token}
        onInput={setToken}
        fault={fault}
        isDigest
        isSecret
      />
      <button type="button" onClick={fetchFile} aria-disabled={token.trim() === '' || isFetching}>
        {isFetching ? t.fetching : t.fetch}
      </button>
    </details>
  );
}
