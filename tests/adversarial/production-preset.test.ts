/** One attack of each class with the parameters of production; the toy preset has the others. */
import { concatBytes } from '@solvent/commitment/bytes';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, setColumnElement } from '@solvent/field/extension-column';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { headerSize } from '@solvent/proof-format/proof';
import { productionPreset, toyPreset } from '@solvent/stark/preset';
import { describe, expect, it } from 'vitest';
import { outcome, publish, republish, verdictOn, verified } from '../support/report.js';
import { limbColumn, setRow } from '../support/witness.js';
import { assemble, type Cheats, cheat, withForgedQuotient } from './cheating-prover.js';
import { endRow, ids, inclusionFile, inclusionOutcome, rowsOf, sampleWitness, segmentOutcome } from './fixture.js';

const preset = productionPreset;
const honest = sampleWitness();
const error: Extension = [0, 0, 3, 0, 0];
const totals = honest.statement.totals.map((total, i) => (i === 2 ? total - 1n : total));
const falseTotals = { ...honest, statement: { ...honest.statement, totals } };
const proven = cheat(honest, {}, { preset });
const outcomeOf = (cheats: Cheats, witness = honest) => segmentOutcome(cheat(witness, cheats, { preset }), preset);

describe('the production preset', () => {
  it('verifies an honest report, and everybody’s file', async () => {
    const report = publish([proven], preset);
    const verdict = await verified(report, preset);
    for (const id of ids) {
      expect(inclusionOutcome(verdict, inclusionFile(report, proven.holderData, id), id, preset)).toBe('verified');
    }
  });

  it('refuses a toy proof, whatever the manifest says', async () => {
    const toy = cheat(honest);
    expect(outcome(await verdictOn(publish([toy]), preset))).toBe('M2 preset-digest');
    expect(outcome(await verdictOn(publish([toy], preset), preset))).toBe('V3 header-digest');
    const disguised = assemble(toy.statement, toy.header, toy.opener, preset);
    expect(segmentOutcome(disguised, preset)).toBe('V4 constraints');
    expect(segmentOutcome(proven, toyPreset)).toBe('V3 header-digest');
    // A caller who verified the report as a toy does not get a holder's verdict under production.
    const report = publish([toy]);
    const file = inclusionFile(report, toy.holderData, 'bob');
    expect(inclusionOutcome(await verified(report), file, 'bob', preset)).toBe('I1 preset');
  });

  it('refuses a false total', () => {
    expect(outcomeOf({}, falseTotals)).toBe('V4 constraints');
  });

  it('refuses a limb out of range', () => {
    expect(outcomeOf({ user: (user) => user[limbColumn(0, 0)].set([1024], 1000) })).toBe('V4 constraints');
  });

  it('refuses false opened values that satisfy the constraints', () => {
    expect(outcomeOf({ openings: withForgedQuotient }, falseTotals)).toBe('V8 final-polynomial');
  });

  it('refuses a broken fold', () => {
    const foldChallenge: Cheats['foldChallenge'] = (layer, challenge, side) =>
      layer === 1 && side === 'points' ? ext.add(challenge, error) : challenge;
    expect(outcomeOf({ foldChallenge })).toBe('V8 final-polynomial');
  });

  it('refuses one wrong value in a hundred of a word: 160 queries find it', () => {
    const layer: Cheats['layer'] = (i, { points }) => {
      if (i > 0) return;
      for (let k = 0; k < points[1][0].length; k += 100) {
        setColumnElement(points[1], k, ext.add(columnElement(points[1], k), error));
      }
    };
    expect(outcomeOf({ layer })).toMatch(/^V8 /);
  });

  it('refuses another final polynomial', () => {
    const header: Cheats['header'] = (messages) => ({
      ...messages,
      finalPolynomials: [messages.finalPolynomials[0], messages.finalPolynomials[1].map((x) => ext.add(x, error))],
    });
    expect(outcomeOf({ header })).toBe('V8 final-polynomial');
  });

  it('refuses another exchange', () => {
    const context = { ...honest.statement.context, exchange: 'Another' };
    const statement = { ...honest.statement, context };
    expect(segmentOutcome({ ...proven, statement }, preset)).toBe('V3 header-digest');
    expect(segmentOutcome(assemble(statement, proven.header, proven.opener, preset), preset)).toBe('V4 constraints');
  });

  it('refuses a nonce without work', () => {
    const lazy = assemble(honest.statement, proven.header, proven.opener, preset, () => proven.nonce + 1);
    expect(segmentOutcome(lazy, preset)).toBe('V5 proof-of-work');
  });

  it('refuses openings that are cut, extended or changed', () => {
    const { proof, statement } = proven;
    const refused = (bytes: Uint8Array) => segmentOutcome(republish(statement, bytes, preset), preset);
    expect(refused(proof.subarray(0, -32))).toBe('V6 queries-encoding');
    expect(refused(concatBytes(proof, new Uint8Array(1)))).toBe('V6 queries-encoding');
    const changed = proof.slice();
    changed[headerSize(proven.shape) + 4] ^= 1;
    expect(refused(changed)).toBe('V7 trace-opening');
  });

  it('lets the report pass but not the file when a row on H is not the row on D', async () => {
    const [bob] = rowsOf('bob');
    const forgery = cheat(honest, { accountRows: ({ user }) => user[limbColumn(1, 4)].set([2], bob) }, { preset });
    const report = publish([forgery], preset);
    const verdict = await verified(report, preset);
    const files = ids.map((id) => [
      id,
      inclusionOutcome(verdict, inclusionFile(report, forgery.holderData, id), id, preset),
    ]);
    expect(Object.fromEntries(files)).toEqual({
      ...Object.fromEntries(ids.map((id) => [id, 'verified'])),
      bob: 'I5 layer-opening',
    });
  });

  it('refuses the file of a row in the random zone', async () => {
    const forgery = cheat(honest, { user: (user) => setRow(user, endRow, [[1, 5n]]) }, { preset });
    const report = publish([forgery], preset);
    const file = inclusionFile(report, forgery.holderData, 'mallory', [endRow]);
    expect(inclusionOutcome(await verified(report, preset), file, 'mallory', preset)).toBe('I3 row-index');
  });

  it('accepts its own verifier’s verdict only on the very statement', () => {
    expect(verifySegment(honest.statement, proven, proven.proof, preset)).toMatchObject({ ok: true });
    expect(verifySegment(falseTotals.statement, proven, proven.proof, preset)).toMatchObject({ ok: false, step: 'V3' });
  });
});
