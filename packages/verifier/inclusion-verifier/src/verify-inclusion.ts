/**
 * Verifies that an account's rows are in the proven totals (spec §8.4): an account holder is a query at their own rows.
 *
 * Nothing less than all steps counts: a path to the accounts root alone proves nothing, since the public proof does not
 * look at that tree. What ties a row to the totals is that it folds down the proof that everybody verifies.
 */
import { bytesEqual, bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { createTreeHashers, rootFromBatch } from '@solvent/commitment/merkle';
import { domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { isVerifiedReport } from '@solvent/liabilities-verifier/verify-report';
import type { VerifiedSegment } from '@solvent/liabilities-verifier/verify-segment';
import {
  decodeInclusionFile,
  decodeInclusionOpenings,
  decodeMask,
  type InclusionFile,
  type InclusionOpenings,
  sortedLeaves,
} from '@solvent/proof-format/inclusion-file';
import { amountBound, quoteExcerpt } from '@solvent/report-format/amounts';
import { accountTag, isAccountId } from '@solvent/stark/account-tag';
import { createDeepWords } from '@solvent/stark/deep';
import { encodeRowLeaf, treeNames } from '@solvent/stark/leaves';
import { type Preset, presetDigest, productionPreset } from '@solvent/stark/preset';
import { checkFolding } from '@solvent/stark/query';
import { accountsTreeLeaf, carryRowCount, limbBits, limbCount } from '@solvent/stark/table';
import { type Rejection, reject } from '@solvent/stark/verdict';

export interface InclusionRequest {
  /** The inclusion file's bytes. */
  readonly file: Uint8Array;
  /** What `verifyReport` returned for the report that the file belongs to, in this process. */
  readonly report: VerifiedReport;
  /** What the report must have been verified with; the production preset unless said otherwise. */
  readonly preset?: Preset;
  /** The account's id, from the holder, never from the file. */
  readonly accountId: string;
  /** The manifest's digest as the holder has it from elsewhere, 32 bytes, if they do. */
  readonly manifestDigest?: Uint8Array;
  /**
   * The holder's full list of balances by symbol, in units; assets not listed count 0. Without it the sums that the
   * verdict gives are for the holder to confirm.
   */
  readonly balances?: ReadonlyMap<string, bigint>;
}

/** An account whose rows are in the proven totals. */
export interface VerifiedInclusion {
  readonly ok: true;
  /** The report's manifest digest, 32 bytes: for the holder to compare, unless that has been done. */
  readonly manifestDigest: Uint8Array;
  /** Whether it was compared with a digest that the holder has from elsewhere. */
  readonly digestCompared: boolean;
  readonly segment: number;
  /** The account's rows, strictly increasing. */
  readonly rows: readonly number[];
  /** What the report counts for the account, by symbol, in units; assets with 0 left out. */
  readonly balances: ReadonlyMap<string, bigint>;
  /** Whether the holder's own list was compared with that. */
  readonly balancesCompared: boolean;
}

/**
 * Verifies one account's inclusion. Never throws on any bytes: what is wrong with them is the verdict. Throws a RangeError
 * for a preset that checks nothing.
 */
export function verifyInclusion(request: InclusionRequest): VerifiedInclusion | Rejection {
  const { report, accountId } = request;
  // I1: the report is one that this process has verified, with the preset that counts, and the one that the holder means.
  if (!isVerifiedReport(report)) {
    return reject('I1', 'header-unverified', 'the report has not been verified here: verify it first');
  }
  const [accepted, used] = [request.preset ?? productionPreset, report.preset].map(presetDigest);
  if (!bytesEqual(accepted, used)) {
    const detail = `expected a report verified with preset ${bytesToHex(accepted)}, found ${bytesToHex(used)}`;
    return reject('I1', 'preset', detail);
  }
  if (request.manifestDigest !== undefined && !bytesEqual(request.manifestDigest, report.digest)) {
    const detail = `expected ${bytesToHex(request.manifestDigest)}, found ${bytesToHex(report.digest)}`;
    return reject('I1', 'manifest-digest', detail);
  }

  // I2: the file is in its format, and belongs to that report.
  const decoded = decodeInclusionFile(request.file);
  if (!decoded.ok) return reject('I2', 'inclusion-encoding', decoded.fault);
  const file = decoded.value;
  if (file.manifest !== bytesToHex(report.digest)) {
    const detail = `the file belongs to report ${file.manifest}, this one is ${bytesToHex(report.digest)}`;
    return reject('I2', 'other-report', detail);
  }
  if (file.segment >= report.segments.length) {
    return reject('I2', 'segment', `expected a segment below ${report.segments.length}, found ${file.segment}`);
  }
  const segment = report.segments[file.segment];

  // I3: the rows are distinct rows of the proven table, neither carry rows nor random ones (§11.13).
  const rowFault = findRowFault(file, segment);
  if (rowFault !== undefined) return rowFault;
  const rows = file.rows.map((row) => row.index);
  const masks = file.rows.map((row) => decodeMask(row.mask));
  if (!masks.every((mask) => mask !== undefined)) {
    return reject('I3', 'row-mask', 'expected masks of five canonical field elements');
  }
  const openings = decodeInclusionOpenings(file.openings, segment.shape, rows);
  if (!openings.ok) return reject('I3', 'openings-encoding', openings.fault);

  // I4: under this account's tag, they are leaves of the accounts tree.
  if (!isAccountId(accountId)) return reject('I4', 'account-id', 'expected 1 to 256 bytes of well-formed text');
  if (!areAccountRows(file, masks, accountId, segment, openings.value)) {
    return reject('I4', 'accounts-path', 'these rows under this account id do not lead to the accounts root');
  }

  // I5: G₁ at the rows folds to the final polynomial, so that they are rows of the proven table (§11.11).
  const folding = checkRowsFold(file, masks, segment, openings.value);
  if (folding !== undefined) return folding;

  // I6: what the rows add up to is what the holder has.
  return compareBalances(request, file, rows);
}

function findRowFault(file: InclusionFile, segment: VerifiedSegment): Rejection | undefined {
  const { rowCount, randomRowCount } = segment.shape;
  const assetCount = segment.statement.assets.length;
  const firstRow = carryRowCount(assetCount);
  const endRow = rowCount - randomRowCount;
  let previous = -1;
  for (const { index, entries } of file.rows) {
    if (index < firstRow || index >= endRow) {
      return reject('I3', 'row-index', `expected a row from ${firstRow} to ${endRow - 1}, found ${index}`);
    }
    if (index <= previous) return reject('I3', 'row-order', `expected a row after ${previous}, found ${index}`);
    previous = index;
    for (const { asset, amount } of entries) {
      if (asset > assetCount) {
        return reject('I3', 'row-asset', `row ${index}: expected an asset up to ${assetCount}, found ${asset}`);
      }
      if (BigInt(amount) >= amountBound) {
        return reject('I3', 'row-amount', `row ${index}: expected an amount below 2^70, found ${amount}`);
      }
      if (asset === 0 && amount !== '0') {
        return reject('I3', 'row-unused', `row ${index}: expected 0 in an unused entry, found ${amount}`);
      }
    }
  }
  return undefined;
}

/** The 32 values of a row: asset index and limbs of each entry. */
function rowValues(row: InclusionFile['rows'][number]): number[] {
  const mask = (1n << BigInt(limbBits)) - 1n;
  return row.entries.flatMap(({ asset, amount }) => {
    const limbs = Array.from({ length: limbCount }, (_, l) => Number((BigInt(amount) >> BigInt(limbBits * l)) & mask));
    return [asset, ...limbs];
  });
}

function areAccountRows(
  file: InclusionFile,
  masks: readonly Extension[],
  accountId: string,
  segment: VerifiedSegment,
  openings: InclusionOpenings,
): boolean {
  const { rowCount } = segment.shape;
  const hashers = createTreeHashers(treeNames.accounts);
  const tag = accountTag(accountId, hexToBytes(file.nonce));
  const digests = new Map<number, Uint8Array>();
  file.rows.forEach((row, i) => {
    const leaf = encodeRowLeaf(hexToBytes(row.salt), tag, rowValues(row), masks[i]);
    digests.set(accountsTreeLeaf(row.index, rowCount), hashers.leaf.digest(leaf));
  });
  const leaves = sortedLeaves(
    file.rows.map((row) => row.index),
    rowCount,
  );
  const inOrder = leaves.map((leaf) => digests.get(leaf)!);
  const root = rootFromBatch(rowCount, leaves, inOrder, openings.rowSiblings, hashers.node);
  return bytesEqual(root, segment.header.accountsRoot);
}

function checkRowsFold(
  file: InclusionFile,
  masks: readonly Extension[],
  segment: VerifiedSegment,
  openings: InclusionOpenings,
): Rejection | undefined {
  const { shape, header, replay } = segment;
  const words = createDeepWords(header.openings, replay.lambdas, replay.zeta, shape);
  const start = new Map<number, readonly Extension[]>();
  file.rows.forEach((row, i) => {
    start.set(row.index, [words.first(domainPoint(shape.rowDomain, row.index), rowValues(row), masks[i])]);
  });
  const layers = header.layerRoots.map((root, layer) => ({
    tree: treeNames.layerRows(layer),
    root: root.rows,
    challenge: replay.foldChallenges[layer],
  }));
  const folding = checkFolding(shape.rowDomain, start, layers, openings.layers, [header.finalPolynomials[0]]);
  if (folding.ok) return undefined;
  return reject('I5', folding.reason === 'layer' ? 'layer-opening' : 'final-polynomial', folding.detail);
}

function compareBalances(
  request: InclusionRequest,
  file: InclusionFile,
  rows: readonly number[],
): VerifiedInclusion | Rejection {
  const { report, balances } = request;
  const { assets } = report.manifest;
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of file.rows.flatMap((row) => row.entries)) {
    if (amount === '0') continue;
    const { symbol } = assets[asset - 1];
    sums.set(symbol, (sums.get(symbol) ?? 0n) + BigInt(amount));
  }
  const difference = balances && findDifference(sums, balances);
  if (difference !== undefined) return reject('I6', 'balances', difference);
  return {
    ok: true,
    manifestDigest: report.digest.slice(),
    digestCompared: request.manifestDigest !== undefined,
    segment: file.segment,
    rows,
    balances: sums,
    balancesCompared: balances !== undefined,
  };
}

/** The first asset of which the report counts another amount than the holder has, in words; undefined if there is none. */
function findDifference(sums: ReadonlyMap<string, bigint>, balances: ReadonlyMap<string, bigint>): string | undefined {
  for (const symbol of new Set([...sums.keys(), ...balances.keys()])) {
    const counted = sums.get(symbol) ?? 0n;
    const held = balances.get(symbol) ?? 0n;
    // Symbols of the report are safe to print; those of the holder's list can be anything.
    const name = sums.has(symbol) ? symbol : quoteExcerpt(symbol);
    if (counted !== held) return `${name}: the holder has ${held} units, the report counts ${counted}`;
  }
  return undefined;
}

/**
 * Whether several inclusions of one person, in one report, share a row: then the same coins are shown twice. Gives the
 * rejection, or undefined.
 */
export function findSharedRow(inclusions: readonly VerifiedInclusion[]): Rejection | undefined {
  const seen = new Set<string>();
  for (const { manifestDigest, segment, rows } of inclusions) {
    for (const row of rows) {
      const place = `${bytesToHex(manifestDigest)} ${segment} ${row}`;
      if (seen.has(place)) return reject('I7', 'shared-row', `row ${row} of segment ${segment} is in two files`);
      seen.add(place);
    }
  }
  return undefined;
}
