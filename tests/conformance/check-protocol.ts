/** Checks of the vectors of the protocol's parts: table, statement, constraints, words, folding, digests. */
import fs from 'node:fs';
import path from 'node:path';
import { describeAir } from '@solvent/air/analyse';
import { evaluateConstraints } from '@solvent/air/evaluate';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { createHasher } from '@solvent/commitment/blake3';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@solvent/commitment/bytes';
import { domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import { type TraceVector, violationsOf } from '@solvent/scripts/vectors/traces';
import { accountTag, isAccountId } from '@solvent/stark/account-tag';
import { createDeepWords, type PointRow } from '@solvent/stark/deep';
import { foldFibre } from '@solvent/stark/fold';
import { presetDigest, productionPreset, toyPreset } from '@solvent/stark/preset';
import { publicColumnsAt } from '@solvent/stark/public-columns';
import { planFibres } from '@solvent/stark/query';
import { inverseVanishingAt } from '@solvent/stark/quotient';
import { deriveShape } from '@solvent/stark/shape';
import { findStatementFault, totalLimbs, totalsFraction } from '@solvent/stark/statement';
import { accountsTreeLeaf } from '@solvent/stark/table';
import { expect } from 'vitest';
import { specFolder, type VectorCase } from './vector-files.js';

interface AccountTagCase extends VectorCase {
  readonly accountId: string;
  readonly nonce: string;
  readonly tag: string;
}

export function checkAccountTag({ accountId, nonce, tag, result }: AccountTagCase): void {
  expect(isAccountId(accountId)).toBe(result === 'valid');
  if (result === 'valid') expect(bytesToHex(accountTag(accountId, hexToBytes(nonce)))).toBe(tag);
}

interface TableCase extends VectorCase {
  readonly operation: 'leaf-of-row' | 'total-limbs' | 'shape';
  readonly rowCount: number;
  readonly row: number;
  readonly total: string;
  readonly output: unknown;
}

export function checkTable({ operation, rowCount, row, total, output }: TableCase): void {
  if (operation === 'leaf-of-row') expect(accountsTreeLeaf(row, rowCount)).toBe(output);
  else if (operation === 'shape') expect(deriveShape(rowCount)).toMatchObject(output as object);
  else expect(totalLimbs(BigInt(total))).toEqual(output);
}

interface StatementCase extends VectorCase {
  readonly rowCount: number;
  readonly segment: number;
  readonly segmentCount: number;
  readonly assetCount: number;
  readonly totalCount?: number;
  readonly total: string;
  readonly decimals?: number;
  readonly previousManifest?: string;
}

export function checkStatement(vector: StatementCase): void {
  const { assetCount, totalCount = assetCount, total, result, rowCount, segment, segmentCount, decimals = 0 } = vector;
  const previousManifest = hexToBytes(vector.previousManifest ?? '');
  const fault = findStatementFault({
    context: { exchange: '', reportId: '', snapshotTime: '', previousManifest },
    rowCount,
    segment,
    segmentCount,
    assets: Array.from({ length: assetCount }, (_, i) => ({ symbol: String(i), decimals })),
    totals: Array.from({ length: totalCount }, () => BigInt(total)),
  });
  expect(fault === undefined).toBe(result === 'valid');
}

interface PublicValuesCase extends VectorCase {
  readonly operation: 'public-columns' | 'inverse-divisors' | 'phi';
  readonly rowCount: number;
  readonly assetCount: number;
  readonly point: Extension;
  readonly totals: readonly string[];
  readonly beta1: Extension;
  readonly gamma: Extension;
  readonly output: unknown;
}

export function checkPublicValues(vector: PublicValuesCase): void {
  const compute = {
    'public-columns': () => publicColumnsAt(vector.point, deriveShape(vector.rowCount).rowDomain, vector.assetCount),
    'inverse-divisors': () => inverseVanishingAt(vector.point, deriveShape(vector.rowCount)),
    phi: () => totalsFraction(vector.totals.map(BigInt), vector.beta1, vector.gamma),
  };
  expect(compute[vector.operation]()).toEqual(vector.output);
}

interface AirCase extends VectorCase {
  readonly columns: Readonly<Record<string, Extension>>;
  readonly next: Readonly<Record<string, Extension>>;
  readonly publicColumns: Readonly<Record<string, Extension>>;
  readonly challenges: Readonly<Record<string, Extension>>;
  readonly publicValues: Readonly<Record<string, Extension>>;
  readonly output: Readonly<Record<string, Extension>>;
}

export function checkAir(vector: AirCase): void {
  const { columns, next, publicColumns, challenges, publicValues } = vector;
  const values = evaluateConstraints(liabilitiesAir, {
    column: (column, rotation) => (rotation === 1 ? next : columns)[liabilitiesAir.columns[column].name],
    publicColumns,
    challenges,
    publicValues,
  });
  const named = Object.fromEntries(liabilitiesAir.constraints.map(({ name }, i) => [name, values[i]]));
  expect(named).toEqual(vector.output);
}

interface TraceCase extends VectorCase, TraceVector {
  readonly constraint?: string;
  readonly violations: readonly (readonly [string, number])[];
}

export function checkTrace(vector: TraceCase): void {
  expect(violationsOf(vector)).toEqual(vector.violations);
  const violated = [...new Set(vector.violations.map(([constraint]) => constraint))];
  expect(violated).toEqual(vector.result === 'valid' ? [] : [vector.constraint]);
}

interface WordsCase extends VectorCase, PointRow {
  readonly rowCount: number;
  readonly position: number;
  readonly zeta: Extension;
  readonly openings: readonly Extension[];
  readonly lambdas: readonly Extension[];
  readonly output: readonly Extension[];
}

export function checkWords(vector: WordsCase): void {
  const shape = deriveShape(vector.rowCount);
  const point = domainPoint(shape.pointDomain, vector.position);
  const words = createDeepWords(vector.openings, vector.lambdas, vector.zeta, shape);
  expect([words.first(point, vector.user, vector.traceMask), words.second(point, vector)]).toEqual(vector.output);
}

interface FoldCase extends VectorCase {
  readonly point: number;
  readonly values: readonly Extension[];
  readonly challenge: Extension;
  readonly output: Extension;
}

export function checkFold({ point, values, challenge, output }: FoldCase): void {
  expect(foldFibre(values, challenge, point)).toEqual(output);
}

interface FibresCase extends VectorCase {
  readonly rowCount: number;
  readonly domain: 'D' | 'H';
  readonly positions: readonly number[];
  readonly layers: unknown;
}

export function checkFibres({ rowCount, domain, positions, layers }: FibresCase): void {
  const shape = deriveShape(rowCount);
  const { size } = domain === 'D' ? shape.pointDomain : shape.rowDomain;
  expect(planFibres(positions, size, shape.foldCount)).toEqual(layers);
}

interface DigestCase extends VectorCase {
  readonly purpose: 'preset' | 'air';
  readonly text: string;
  readonly digest: string;
}

export function checkDigest({ id, purpose, text, digest }: DigestCase): void {
  expect(bytesToHex(createHasher(purpose).digest(utf8ToBytes(text)))).toBe(digest);
  if (purpose === 'air') {
    expect(describeAir(liabilitiesAir)).toBe(text);
    expect(fs.readFileSync(path.join(specFolder, 'air', `${id}.txt`), 'utf8')).toBe(text);
  } else {
    const preset = [productionPreset, toyPreset].find(({ name }) => name === id);
    expect(preset && bytesToHex(presetDigest(preset))).toBe(digest);
  }
}
