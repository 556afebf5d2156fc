/**
 * Lies to account holders. The public proof does not look at the H side, so these reports verify; the holders who are
 * lied to find out, and nobody else is disturbed.
 */

import { domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn, setColumnElement } from '@solvent/field/extension-column';
import { findSharedRow, type VerifiedInclusion, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { encodeInclusionFile, type InclusionFile } from '@solvent/proof-format/inclusion-file';
import { accountTag } from '@solvent/stark/account-tag';
import { createDeepWords } from '@solvent/stark/deep';
import { foldFibre } from '@solvent/stark/fold';
import { toyPreset } from '@solvent/stark/preset';
import { layerDomain } from '@solvent/stark/shape';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcome, type PublishedReport, publish, verified } from '../support/report.js';
import { copyWitness, limbColumn, nonceOf, setRow, settledWitness } from '../support/witness.js';
import { type Cheats, cheat, type Forgery } from './cheating-prover.js';
import {
  balancesOf,
  endRow,
  firstRow,
  ids,
  inclusionFile,
  inclusionOutcome,
  rowCount,
  rowsOf,
  sampleWitness,
  segmentOutcome,
} from './fixture.js';
import type { Drawn } from './lying-folds.js';

const honest = sampleWitness();
const [bob] = rowsOf('bob');
const error: Extension = [1, 0, 0, 2, 0];

interface Case {
  readonly forgery: Forgery;
  readonly report: PublishedReport;
  readonly verdict: VerifiedReport;
}

/** A report that verifies, with its prover's data. */
async function reported(cheats: Cheats = {}, witness = honest): Promise<Case> {
  const forgery = cheat(witness, cheats);
  const report = publish([forgery]);
  return { forgery, report, verdict: await verified(report) };
}

const outcomeFor = ({ forgery, report, verdict }: Case, id: string, rows = rowsOf(id)) =>
  inclusionOutcome(verdict, inclusionFile(report, forgery.holderData, id, rows), id);

/** What everybody's file says, by id. */
const outcomes = (made: Case) => Object.fromEntries(ids.map((id) => [id, outcomeFor(made, id)]));

/** All verify but those named. */
const allBut = (exceptions: Record<string, string>) => ({
  ...Object.fromEntries(ids.map((id) => [id, 'verified'])),
  ...exceptions,
});

function addTo(column: ExtensionColumn, i: number, value: Extension): void {
  setColumnElement(column, i, ext.add(columnElement(column, i), value));
}

/** Shows bob twice his true 2^40, in the accounts tree alone. */
const richerBob: Cheats['accountRows'] = ({ user }) => {
  user[limbColumn(1, 4)][bob] = 2;
};

/** By how much G₁ at bob's row differs when it is computed from that lie. */
function lieInWord({ openings, lambdas, zeta, shape }: Drawn): Extension {
  const words = createDeepWords(openings, lambdas, zeta, shape);
  const point = domainPoint(shape.rowDomain, bob);
  const row = honest.columns.map((column) => column[bob]);
  const lie = row.map((value, j) => (j === limbColumn(1, 4) ? 2 : value));
  return ext.sub(words.first(point, lie, ext.zero), words.first(point, row, ext.zero));
}

describe('a row in the accounts tree that is not the row of the proven table', () => {
  it('is refused at the first layer; everybody else’s file verifies', async () => {
    expect(outcomes(await reported({ accountRows: richerBob }))).toEqual(allBut({ bob: 'I5 layer-opening' }));
  });

  it('is refused at the next layer when the first one on H agrees with it, and so are the rows of that fibre', async () => {
    const committedLayer: Cheats['committedLayer'] = (layer, { rows }, drawn) => {
      if (layer === 0) addTo(rows, bob, lieInWord(drawn));
    };
    const made = await reported({ accountRows: richerBob, committedLayer });
    expect(outcomes(made)).toEqual(allBut({ bob: 'I5 layer-opening', alice: 'I5 layer-opening' }));
  });

  it('is refused at the end when all layers on H agree with it', async () => {
    const layer: Cheats['layer'] = (i, { rows }, drawn) => {
      if (i === 0) addTo(rows, bob, lieInWord(drawn));
    };
    const made = await reported({ accountRows: richerBob, layer });
    // Zoe's row meets bob's in a fibre of the second layer.
    const refused = 'I5 final-polynomial';
    expect(outcomes(made)).toEqual(allBut({ bob: refused, alice: refused, zoe: refused }));
  });

  it('is refused when its value of R₁ is another', async () => {
    const accountRows: Cheats['accountRows'] = ({ mask }) => addTo(mask, bob, error);
    expect(outcomes(await reported({ accountRows }))).toEqual(allBut({ bob: 'I5 layer-opening' }));
  });
});

describe('layers on H', () => {
  it.each([
    [0, { bob: 'I5 layer-opening', alice: 'I5 layer-opening' }],
    // Zoe's value is next to theirs in this layer: her fibre folds to a wrong value.
    [1, { bob: 'I5 layer-opening', alice: 'I5 layer-opening', zoe: 'I5 final-polynomial' }],
  ])('refuses the files that need a fibre of layer %i in which one value is another', async (changed, refused) => {
    const committedLayer: Cheats['committedLayer'] = (layer, { rows }) => {
      if (layer === changed) addTo(rows, bob % rows[0].length, error);
    };
    expect(outcomes(await reported({ committedLayer }))).toEqual(allBut(refused));
  });

  it('refuses all files when a layer on H is not the fold of the one before by the challenge', async () => {
    const foldChallenge: Cheats['foldChallenge'] = (_layer, challenge, side) =>
      side === 'rows' ? ext.add(challenge, error) : challenge;
    const made = await reported({ foldChallenge });
    expect(outcomes(made)).toEqual(Object.fromEntries(ids.map((id) => [id, 'I5 layer-opening'])));
  });

  /** The fibre of bob's row with the lie in it, and a place without holder changed so that it folds to the true value. */
  const fixUp: NonNullable<Cheats['lateRows']> = (layer, rows, challenge, drawn) => {
    if (layer > 0) return;
    const domain = layerDomain(drawn.shape.rowDomain, 0);
    const fibre = bob % 256;
    const point = domainPoint(domain, fibre);
    const weight = (place: number) =>
      foldFibre(
        Array.from({ length: 8 }, (_, k) => (k === place ? ext.one : ext.zero)),
        challenge,
        point,
      );
    const [own, free] = [Math.floor(bob / 256), 7];
    const values = () => Array.from({ length: 8 }, (_, k) => columnElement(rows, fibre + 256 * k));
    const before = foldFibre(values(), challenge, point);
    const lie = lieInWord(drawn);
    addTo(rows, bob, lie);
    addTo(rows, fibre + 256 * free, ext.neg(ext.div(ext.mul(weight(own), lie), weight(free))));
    expect(foldFibre(values(), challenge, point)).toEqual(before);
  };

  it('refuses, in V8, a root on H that was fixed up once the challenge was known: it gives another challenge', () => {
    expect(segmentOutcome(cheat(honest, { accountRows: richerBob, lateRows: fixUp }))).toBe('V8 layer-opening');
  });

  it('refuses the file of such a fixed-up fibre against the root that was absorbed', async () => {
    const made = await reported({ accountRows: richerBob });
    const late = cheat(honest, { accountRows: richerBob, lateRows: fixUp });
    expect(made.forgery.header.layerRoots[0].points).toEqual(late.header.layerRoots[0].points);
    const file = inclusionFile(made.report, late.holderData, 'bob');
    expect(inclusionOutcome(made.verdict, file, 'bob')).toBe('I5 layer-opening');
  });
});

describe('rows that are in no total', () => {
  const mallory = (row: number) => {
    const witness = copyWitness(honest);
    witness.tags.set(accountTag('mallory', nonceOf('mallory')), 32 * row);
    return witness;
  };
  const riches = [[3, 2n ** 60n]] as const;

  it.each([endRow, endRow + 5, rowCount - 1])('refuses a row in the random zone: %i', async (row) => {
    const made = await reported({ user: (user) => setRow(user, row, riches) }, mallory(row));
    expect(outcomeFor(made, 'mallory', [row])).toBe('I3 row-index');
  });

  it.each([0, firstRow - 1])('refuses a carry row: %i', async (row) => {
    expect(outcomeFor(await reported({}, mallory(row)), 'mallory', [row])).toBe('I3 row-index');
  });

  it('accepts the rows next to these zones', async () => {
    for (const row of [endRow - 2, firstRow + 1]) {
      const witness = settledWitness(mallory(row), (columns) => setRow(columns, row, riches));
      expect(outcomeFor(await reported({}, witness), 'mallory', [row])).toBe('verified');
    }
  });
});

describe('one honest report', () => {
  let made: Case;
  const fileOf = (id: string): InclusionFile => inclusionFile(made.report, made.forgery.holderData, id);
  const verdictOn = (file: InclusionFile, id: string) => inclusionOutcome(made.verdict, file, id);
  const withRow = (file: InclusionFile, change: (row: InclusionFile['rows'][number]) => object): InclusionFile => ({
    ...file,
    rows: file.rows.map((row, i) => (i === 0 ? { ...row, ...change(row) } : row)),
  });

  beforeAll(async () => {
    made = await reported();
  });

  it('verifies for everybody, with the balances that they have', () => {
    expect(outcomes(made)).toEqual(allBut({}));
    for (const id of ids) {
      const request = { file: encodeInclusionFile(fileOf(id)), report: made.verdict, preset: toyPreset, accountId: id };
      const verdict = verifyInclusion({ ...request, balances: balancesOf(id) });
      expect(verdict).toMatchObject({ ok: true, balances: balancesOf(id), balancesCompared: true });
    }
  });

  it.each<[string, (file: InclusionFile) => InclusionFile, string]>([
    ['at i + N', (file) => withRow(file, ({ index }) => ({ index: index + rowCount })), 'I3 row-index'],
    ['twice', (file) => ({ ...file, rows: [file.rows[0], file.rows[0]] }), 'I3 row-order'],
    ['in decreasing order', (file) => ({ ...file, rows: file.rows.toReversed() }), 'I3 row-order'],
    ['without its other row', (file) => ({ ...file, rows: file.rows.slice(0, 1) }), 'I3 openings-encoding'],
    ['without any row', (file) => ({ ...file, rows: [] }), 'I2 inclusion-encoding'],
    ['with another salt', (file) => withRow(file, () => ({ salt: 'ab'.repeat(32) })), 'I4 accounts-path'],
    ['with another R₁', (file) => withRow(file, () => ({ mask: '01000000'.repeat(5) })), 'I4 accounts-path'],
    ['with another nonce', (file) => ({ ...file, nonce: 'cd'.repeat(32) }), 'I4 accounts-path'],
    ['of another segment', (file) => ({ ...file, segment: 1 }), 'I2 segment'],
    ['of another report', (file) => ({ ...file, manifest: 'ef'.repeat(32) }), 'I2 other-report'],
    ['with other openings', (file) => ({ ...file, openings: `AAAA${file.openings.slice(4)}` }), 'I4 accounts-path'],
    ['with no openings', (file) => ({ ...file, openings: '' }), 'I3 openings-encoding'],
    ['with more openings', (file) => ({ ...file, openings: `AAAA${file.openings}` }), 'I3 openings-encoding'],
  ])('refuses a file that shows a row %s', (_, change, expected) => {
    expect(verdictOn(change(fileOf('alice')), 'alice')).toBe(expected);
  });

  it.each([1, 256, -256])('refuses a row at another place, %i further', (distance) => {
    expect(
      verdictOn(
        withRow(fileOf('carol'), ({ index }) => ({ index: index + distance })),
        'carol',
      ),
    ).toBe('I4 accounts-path');
  });

  it.each<[string, readonly object[], string]>([
    ['another amount', [{ asset: 1, amount: '123456790' }], 'I4 accounts-path'],
    ['another asset', [{ asset: 2, amount: '123456789' }], 'I4 accounts-path'],
    ['an asset that is not listed', [{ asset: 7, amount: '1' }], 'I3 row-asset'],
    ['an amount of 2^70', [{ asset: 1, amount: String(2n ** 70n) }], 'I3 row-amount'],
    ['an amount in an unused entry', [{ asset: 0, amount: '1' }], 'I3 row-unused'],
  ])('refuses an entry with %s', (_, [entry], expected) => {
    const file = withRow(fileOf('alice'), (row) => ({ entries: [entry, ...row.entries.slice(1)] }));
    expect(verdictOn(file, 'alice')).toBe(expected);
  });

  it('refuses another id, among them ids that would be the same without their length', () => {
    for (const id of ['bob', 'alic', 'alicee', 'Alice', 'alice ', '']) {
      expect(verdictOn(fileOf('alice'), id)).toBe(id === '' ? 'I4 account-id' : 'I4 accounts-path');
    }
    const nonce = nonceOf('ab');
    const shorter = accountTag('a', Uint8Array.of(0x62, ...nonce.subarray(0, 31)));
    expect(accountTag('ab', nonce)).not.toEqual(shorter);
    expect(accountTag('ab', new TextEncoder().encode('c'.repeat(32)))).not.toEqual(
      accountTag('abc', new TextEncoder().encode('c'.repeat(31))),
    );
  });

  it('refuses other balances than the rows’', () => {
    const file = encodeInclusionFile(fileOf('bob'));
    const compare = (change: (balances: Map<string, bigint>) => void) => {
      const balances = balancesOf('bob');
      change(balances);
      return outcome(verifyInclusion({ file, report: made.verdict, preset: toyPreset, accountId: 'bob', balances }));
    };
    expect(compare(() => {})).toBe('verified');
    expect(compare((balances) => balances.set('SOL', 0n))).toBe('verified');
    expect(compare((balances) => balances.set('BTC', 8n))).toBe('I6 balances');
    expect(compare((balances) => balances.delete('BTC'))).toBe('I6 balances');
    expect(compare((balances) => balances.set('SOL', 1n))).toBe('I6 balances');
    expect(compare((balances) => balances.set('EUR', 1n))).toBe('I6 balances');
    expect(compare((balances) => balances.clear())).toBe('I6 balances');
  });

  it('refuses a report that was not verified here, or is not the one that the holder means', () => {
    const file = encodeInclusionFile(fileOf('bob'));
    const check = (report: VerifiedReport, digest?: Uint8Array) =>
      outcome(
        verifyInclusion({
          file,
          report,
          preset: toyPreset,
          accountId: 'bob',
          ...(digest === undefined ? {} : { manifestDigest: digest }),
        }),
      );
    const { digest } = made.verdict;
    expect(check(made.verdict, digest)).toBe('verified');
    expect(check({ ...made.verdict })).toBe('I1 header-unverified');
    expect(
      check(
        made.verdict,
        digest.map((byte, i) => (i === 31 ? byte ^ 1 : byte)),
      ),
    ).toBe('I1 manifest-digest');
    expect(check(made.verdict, digest.subarray(0, 8))).toBe('I1 manifest-digest');
    expect(check(made.verdict, new Uint8Array(0))).toBe('I1 manifest-digest');
  });

  it('refuses one row shown in two files of one person', () => {
    const inclusion = (id: string) =>
      verifyInclusion({
        file: encodeInclusionFile(fileOf(id)),
        report: made.verdict,
        preset: toyPreset,
        accountId: id,
      }) as VerifiedInclusion;
    const [alice, carol] = [inclusion('alice'), inclusion('carol')];
    expect(findSharedRow([alice, carol])).toBeUndefined();
    expect(findSharedRow([alice, carol, inclusion('alice')])).toMatchObject({ step: 'I7', code: 'shared-row' });
  });
});

describe('another proof with the same context and the same totals', () => {
  it('refuses the files of the first, even over the same accounts tree', async () => {
    const first = await reported();
    // Bob's balances are moved to a row of nobody's.
    const moved = settledWitness(honest, (columns) => {
      setRow(columns, bob, []);
      setRow(columns, 1000, [
        [1, 7n],
        [6, 2n ** 40n],
      ]);
    });
    expect(moved.statement.totals).toEqual(honest.statement.totals);
    const second = await reported({}, moved);
    const file = inclusionFile(first.report, first.forgery.holderData, 'bob');
    expect(inclusionOutcome(first.verdict, file, 'bob')).toBe('verified');
    expect(inclusionOutcome(second.verdict, file, 'bob')).toBe('I2 other-report');
    const relabelled = inclusionFile(second.report, first.forgery.holderData, 'bob');
    expect(inclusionOutcome(second.verdict, relabelled, 'bob')).toBe('I4 accounts-path');

    const sameTree = await reported(
      {
        accountRows: ({ user }) =>
          setRow(user, bob, [
            [1, 7n],
            [6, 2n ** 40n],
          ]),
      },
      moved,
    );
    expect(outcomes(sameTree)).toEqual(allBut({ bob: 'I5 layer-opening' }));
  });
});
