/** Checks of the vectors of wallet lists. */
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { createEvidenceLookup, parseEvidence } from '@solvent/ownership-verifier/evidence-list';
import { familyOf } from '@solvent/ownership-verifier/families';
import type { MessagePolicy } from '@solvent/ownership-verifier/message-policy';
import type { VerdictName } from '@solvent/ownership-verifier/verdict';
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { summarizeWallets } from '@solvent/ownership-verifier/verify-wallet-list';
import { decodeDispute } from '@solvent/report-format/dispute';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { type Challenge, formatChallenge, parseChallenge } from '@solvent/report-format/wallets/challenge';
import { decodeWalletList, readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import { parseSnapshot, type Snapshot } from '@solvent/report-format/wallets/snapshot';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { applyEdits, type Edit } from '@solvent/scripts/vectors/edits';
import { listText } from '@solvent/scripts/vectors/wallets';
import { expect } from 'vitest';
import { besideVector, readVectorBytes, type VectorCase, type VectorFile } from './vector-files.js';

interface TrustedBlock {
  readonly network: string;
  readonly hash: string;
}
interface WalletFile extends VectorFile {
  readonly snapshot?: Snapshot;
  readonly trustedBlocks?: readonly TrustedBlock[];
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly evidenceOf?: string;
}
interface WalletCase extends VectorCase, Partial<Omit<WalletRow, 'line' | 'fault'>> {
  readonly message: string;
  readonly policy?: MessagePolicy;
  readonly evidence?: string | null;
  readonly edits?: readonly Edit[];
  readonly trustedBlocks?: readonly TrustedBlock[];
  readonly verdict?: VerdictName;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

const absent = {
  line: 1,
  coin: '',
  network: '',
  type: '',
  height: '',
  address: '',
  amount: '1',
  signatures: [],
  script: '',
  owners: [],
};

/** The row of a case. Where the file has a snapshot, it is read from a list, and so its format is judged, too. */
function rowOf(vector: WalletCase, { snapshot }: WalletFile): WalletRow {
  const { evidence: _, ...members } = vector;
  const row = { ...absent, ...members };
  if (snapshot === undefined) return row;
  const list = readWalletList(listText(row));
  if (!list.ok) throw new Error(list.expected);
  return list.rows[0];
}

/** The evidence of a case, read from a file of evidence in which it is that of the row's address. */
function evidenceOf({ evidence: name, edits = [] }: WalletCase, evidence: WalletFile['evidence'] = {}): unknown {
  if (name === undefined || name === null) return undefined;
  expect(Object.keys(evidence)).toContain(name);
  return JSON.parse(textOf(applyEdits({ evidence: utf8(JSON.stringify(evidence[name])) }, edits).evidence));
}

export function checkWallet(vector: WalletCase, vectorFile: VectorFile): void {
  const file = vectorFile as WalletFile;
  const source: WalletFile =
    file.evidenceOf === undefined ? file : JSON.parse(textOf(readVectorBytes(besideVector(file, file.evidenceOf))));
  const found = evidenceOf(vector, source.evidence);
  const fresh = file.snapshot && ({ kind: 'fresh', snapshot: file.snapshot } as const);
  const row = rowOf(vector, file);
  const about = found !== undefined && verifyWallet(row, { policy: { kind: 'fixed', text: row.message } });
  const entries = about ? [{ network: about.network!, address: about.canonicalAddress!, evidence: found }] : [];
  const { verdict, step, code } = verifyWallet(row, {
    policy: vector.policy ?? fresh ?? { kind: 'fixed', text: vector.message },
    trustedBlocks: vector.trustedBlocks ?? source.trustedBlocks ?? [],
    evidenceFor: (network, address) =>
      entries.find((entry) => entry.network === network && entry.address === address)?.evidence,
  });
  if (vector.result === 'valid') expect({ verdict, step, code }).toMatchObject({ verdict: 'verified', step: 'W7' });
  else {
    const expected = { step: vector.step, code: vector.code, ...(vector.verdict && { verdict: vector.verdict }) };
    expect({ verdict, step, code }).toMatchObject(expected);
    expect(verdict).not.toBe('verified');
  }
}

interface ListCase extends VectorCase {
  readonly list: string;
  readonly edits: readonly Edit[];
  readonly form?: string;
  readonly rowsFound?: number;
  readonly rows?: readonly Partial<WalletRow>[];
  readonly summary?: unknown;
  readonly line?: number;
}

export function checkWalletList(vector: ListCase, file: VectorFile): void {
  const { lists } = file as VectorFile & { lists: Readonly<Record<string, string>> };
  const found = decodeWalletList(applyEdits({ list: utf8(lists[vector.list]) }, vector.edits).list!);
  if (vector.result === 'invalid' && vector.step === undefined) {
    expect(found).toMatchObject({ ok: false, line: vector.line });
    return;
  }
  if (!found.ok) throw new Error(`line ${found.line}: expected ${found.expected}, found ${found.found}`);
  expect(found.rows).toHaveLength(vector.rowsFound!);
  const faults = found.rows.filter(({ fault }) => fault !== undefined);
  if (vector.result === 'invalid') {
    expect(faults).toMatchObject([{ line: vector.line, fault: { code: vector.code } }]);
    return;
  }
  expect(faults).toEqual([]);
  expect({ form: found.form, summary: found.summary }).toEqual({ form: vector.form, summary: vector.summary });
  if (vector.rows === undefined) return;
  const { line: _, amount: __, ...empty } = absent;
  expect(found.rows).toEqual(vector.rows.map((row) => ({ ...empty, message: '', ...row })));
}

interface CoinCase extends VectorCase {
  readonly coin: string;
  readonly network: string;
  readonly type: string;
  readonly asset?: string;
  readonly networkId?: string;
}

export function checkCoin(vector: CoinCase): void {
  const found = resolveCoin(vector);
  if (vector.result === 'invalid') expect(found).toMatchObject({ code: vector.code });
  else expect(found).toMatchObject({ asset: vector.asset, network: { id: vector.networkId } });
}

export function checkAddress(vector: VectorCase & { network: string; address: string; canonical: string }): void {
  const network = findNetwork(vector.network)!;
  const decoded = familyOf(network).decodeAddress(vector.address, network);
  expect(isVerdict(decoded) ? decoded : decoded.canonical).toBe(vector.canonical);
}

interface SumsCase extends VectorCase {
  readonly rows: readonly { asset: string; network: string; address: string; verdict: VerdictName; amount: string }[];
  readonly counted: readonly number[];
  readonly sums: Readonly<Record<string, string>>;
}

export function checkWalletSums(vector: SumsCase): void {
  const rows = vector.rows.map(({ address, amount, asset, network }, i) => {
    return { ...absent, line: i + 2, coin: asset, network, address, amount, message: 'm' };
  });
  const verdicts = vector.rows.map(({ asset, network, address, verdict }) => {
    return { asset, network, canonicalAddress: address, verdict, step: 'W7', code: 'none', detail: '' };
  });
  const outcome = summarizeWallets({ ok: true, form: 'csv', summary: [], rows }, verdicts);
  expect(outcome.rows.flatMap(({ counted }, i) => (counted ? [i] : []))).toEqual(vector.counted);
  const sums = outcome.sums.map(({ asset, network, amount }) => [`${asset} ${network}`, String(amount)]);
  expect(Object.fromEntries(sums)).toEqual(vector.sums);
}

export function checkWalletChallenge(vector: VectorCase & { text: string; challenge?: Challenge }): void {
  expect(parseChallenge(vector.text)).toEqual(vector.challenge);
  if (vector.result === 'valid') expect(formatChallenge(vector.challenge!)).toBe(vector.text);
  else expect(vector.challenge).toBeUndefined();
}

const readers: Readonly<Record<string, (bytes: Uint8Array) => { readonly ok: boolean }>> = {
  snapshot: (bytes) => parseSnapshot(textOf(bytes)),
  'wallet-evidence': (bytes) => {
    const parsed = parseEvidence(textOf(bytes));
    if (parsed.ok) createEvidenceLookup(parsed.value);
    return parsed;
  },
  dispute: decodeDispute,
};

export function checkDocument(vector: VectorCase & { document: string; edits: readonly Edit[] }, file: VectorFile) {
  const { documents } = file as VectorFile & { documents: Readonly<Record<string, string>> };
  const bytes = applyEdits({ document: utf8(documents[vector.document]) }, vector.edits).document!;
  expect(readers[vector.document](bytes).ok).toBe(vector.result === 'valid');
}
