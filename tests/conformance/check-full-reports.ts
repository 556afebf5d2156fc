/** Checks of the vectors of whole reports, their ratios, anchors and chains. */
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { anchorForms, parseAnchor } from '@solvent/report-format/anchor';
import { addQuantities, type Quantity } from '@solvent/report-format/fraction';
import { verifyChain } from '@solvent/report-verifier/verify-chain';
import { type FullReportOutcome, verifyFullReport } from '@solvent/report-verifier/verify-full-report';
import { compareReserves, findUnder } from '@solvent/reserves-verifier/compare';
import { applyEdits, type Edit } from '@solvent/scripts/vectors/edits';
import { toyPreset } from '@solvent/stark/preset';
import { expect } from 'vitest';
import { besideVector, readVectorBytes, type VectorCase, type VectorFile } from './vector-files.js';

interface FullReportCase extends VectorCase {
  readonly anchor?: string;
  readonly exchangeKey?: string;
  readonly fixedMessage?: string;
  readonly minRatio?: readonly [string, string];
  readonly unbound?: readonly string[];
  readonly edits: readonly Edit[];
  readonly parts: Readonly<Record<string, string>>;
  readonly digest?: string;
  readonly reserves?: Readonly<Record<string, readonly [string, number]>>;
  readonly uncounted?: readonly (readonly [string, string, string])[];
  readonly ratios?: Readonly<Record<string, readonly [string | null, boolean]>>;
}

const partNames = ['binding', 'liabilities', 'ownership', 'reserves', 'ratio'] as const;

function partsOf(outcome: FullReportOutcome) {
  return partNames.map((name) => {
    const part = outcome[name];
    if (part.ok) return [name, 'passed'];
    return [name, part.step === 'none' ? 'not checked' : `${part.step} ${part.code}`];
  });
}

export async function checkFullReport(vector: FullReportCase, vectorFile: VectorFile): Promise<void> {
  const { files: names } = vectorFile as VectorFile & { files: Readonly<Record<string, string>> };
  const originals = Object.entries(names).map(([path, name]) => [
    path,
    readVectorBytes(besideVector(vectorFile, name)),
  ]);
  const files = applyEdits(Object.fromEntries(originals), vector.edits);
  const { anchor, exchangeKey, fixedMessage, minRatio, unbound = [] } = vector;
  const outcome = await verifyFullReport(
    {
      read: (path) => files[path],
      paths: [...Object.keys(files).filter((path) => files[path] !== undefined), ...unbound],
    },
    {
      preset: toyPreset,
      ...(anchor && { anchor: hexToBytes(anchor) }),
      ...(exchangeKey && { exchangeKey }),
      ...(fixedMessage && { fixedMessage }),
      ...(minRatio && { minRatio: { numerator: BigInt(minRatio[0]), denominator: BigInt(minRatio[1]) } }),
    },
  );
  const parts = partsOf(outcome);
  expect(Object.fromEntries(parts)).toEqual(vector.parts);
  const [first] = parts.flatMap(([, part]) => (part === 'passed' ? [] : [part]));
  expect(first).toBe(vector.result === 'valid' ? undefined : `${vector.step} ${vector.code}`);
  expect(outcome.ok).toBe(vector.result === 'valid');
  if (vector.result === 'valid') checkOutcome(outcome, vector);
}

function checkOutcome({ binding, reserves, ratio }: FullReportOutcome, vector: FullReportCase): void {
  if (!binding.ok || !reserves.ok || !ratio.ok) throw new Error('expected a report that passes');
  expect(bytesToHex(binding.digest)).toBe(vector.digest);
  const totals = reserves.assets.map(({ asset, total }) => [asset, [String(total.units), total.decimals]]);
  expect(Object.fromEntries(totals)).toEqual(vector.reserves);
  const uncounted = reserves.uncounted.map(({ entry, verdict }) => [entry.network, entry.address, verdict]);
  expect(uncounted).toEqual(vector.uncounted);
  const ratios = ratio.ratios.map(({ asset, percent, covered }) => [asset, [percent ?? null, covered]]);
  expect(Object.fromEntries(ratios)).toEqual(vector.ratios);
}

interface RatioCase extends VectorCase {
  readonly reserves: readonly (readonly [string, number])[];
  readonly liabilities: readonly [string, number];
  readonly least?: readonly [string, string];
  readonly fraction?: readonly [string, string];
  readonly percent?: string | null;
  readonly shortfall?: readonly [string, number];
}

const quantity = ([units, decimals]: readonly [string, number]): Quantity => ({ units: BigInt(units), decimals });

export function checkRatio(vector: RatioCase): void {
  const { decimals, units } = quantity(vector.liabilities);
  const parts = vector.reserves.map(quantity);
  const total = parts.reduce(addQuantities, { units: 0n, decimals: 0 });
  const reserves = parts.length === 0 ? [] : [{ asset: 'A', total, entryCount: 1, tipCount: 0, parts: [] }];
  const [found] = compareReserves([{ symbol: 'A', decimals, total: units }], reserves);
  if (vector.least !== undefined) {
    const [numerator, denominator] = vector.least.map(BigInt);
    expect(findUnder([found], { numerator, denominator })).toHaveLength(vector.result === 'valid' ? 0 : 1);
  }
  if (vector.result === 'invalid') {
    expect(vector.least).toBeDefined();
    return;
  }
  const { ratio, percent, shortfall } = found;
  expect([ratio.numerator, ratio.denominator].map(String)).toEqual(vector.fraction);
  expect(percent ?? null).toBe(vector.percent);
  expect([String(shortfall.units), shortfall.decimals]).toEqual(vector.shortfall);
}

interface AnchorCase extends VectorCase {
  readonly text: string;
  readonly form?: 'digest' | 'post' | 'opReturn' | 'calldata';
  readonly digest?: string;
  readonly exchange?: string;
  readonly reportId?: string;
}

export function checkAnchor(vector: AnchorCase): void {
  const found = parseAnchor(vector.text);
  expect(found && bytesToHex(found)).toBe(vector.digest);
  expect(vector.digest === undefined).toBe(vector.result === 'invalid');
  if (vector.form === undefined) return;
  const forms = anchorForms(hexToBytes(vector.digest!), vector.exchange!, vector.reportId!);
  expect(forms[vector.form]).toBe(vector.text);
}

interface ChainCase extends VectorCase {
  readonly edits: readonly Edit[];
  readonly digests?: readonly string[];
}

export async function checkChain(vector: ChainCase, vectorFile: VectorFile): Promise<void> {
  const { texts } = vectorFile as VectorFile & { texts: Readonly<Record<string, string>> };
  const bytes = Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  const files = applyEdits(Object.fromEntries(bytes), vector.edits);
  const verdict = await verifyChain(files['reports.json']!, {
    read: async (folder) => ({ report: files[`${folder}/report.json`], manifest: files[`${folder}/manifest.json`] }),
  });
  if (verdict.ok) expect(verdict.links.map(({ digest }) => bytesToHex(digest))).toEqual(vector.digests);
  else expect(`${verdict.step} ${verdict.code}`).toBe(`${vector.step} ${vector.code}`);
  expect(verdict.ok).toBe(vector.result === 'valid');
}
