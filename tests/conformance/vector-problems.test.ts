/** That the check of vectors/ catches what it is for. */
import * as check from '@solvent/scripts/vector-problems';
import { describe, expect, it } from 'vitest';

type Case = check.VectorFile['cases'][number];

const valid: Case = { id: 'valid', result: 'valid', input: 1, edits: [] };
const lie: Case = {
  id: 'lie',
  result: 'invalid',
  comment: 'a lie',
  step: 'V1',
  code: 'one',
  base: 'valid',
  input: 1,
  edits: [{}],
};

const file = (name: string, ...cases: Case[]): check.VectorFile => ({
  name,
  kind: 'report',
  spec: ['8.2'],
  classes: ['a'],
  cases,
});
const problems = (changed: Partial<Case>) => check.mutationProblems([file('x/a.json', valid, { ...lie, ...changed })]);

describe('the check of the vectors', () => {
  it('finds codes, constraints, sections and classes without a vector, and codes that nobody knows', () => {
    const files = [file('a.json', valid, lie, { ...lie, id: 'C1', constraint: 'C1' })];
    expect(check.codeProblems(files, ['V1 one'], ['V1 one'])).toEqual([]);
    expect(check.codeProblems(files, ['V1 two'], ['V1 one', 'V1 two'])).toEqual(['vectors: none fails with V1 two']);
    expect(check.codeProblems([file('a.json', lie)], [], [])).toEqual(['vectors/a.json: lie: V1 one is not in spec/']);
    expect(check.constraintProblems(files, ['C1', 'C2'])).toEqual(['vectors: none violates C2 alone']);
    expect(check.sectionProblems(files, ['8.2', '8.3'])).toEqual(['vectors: none is about §8.3']);
    expect(check.classProblems(files, ['b'])).toHaveLength(2);
  });

  it('takes an invalid case that is one change of a valid one', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ edits: [], input: 2 })).toEqual([]);
    expect(problems({ edits: [{}, { repair: true }], flags: ['repaired'] })).toEqual([]);
    expect(problems({ edits: [{}, {}], flags: ['two-faults'] })).toEqual([]);
  });

  it.each<[string, Partial<Case>]>([
    ['no change', { edits: [] }],
    ['two changes', { edits: [{}, {}] }],
    ['an edit and another input', { input: 2 }],
    ['three changes for two faults', { edits: [{}, {}, {}], flags: ['two-faults'] }],
    ['a repair without its flag', { edits: [{}, { repair: true }] }],
    ['the flag without a repair', { flags: ['repaired'] }],
    ['a base that is not there', { base: 'other' }],
    ['an invalid base', { base: 'lie' }],
    ['no comment', { comment: '' }],
  ])('finds a case with %s', (_, changed) => {
    expect(problems(changed)).toHaveLength(1);
  });

  it('finds a case without a base', () => {
    const { base: _, ...alone } = lie;
    expect(check.mutationProblems([file('a.json', valid, alone)])).toEqual(['vectors/a.json: lie: expected a base']);
  });

  it('finds the base of a case in the file of the same name in a folder beside', () => {
    const files = [file('x/a.json', valid), file('y/a.json', { ...lie, base: 'x/valid' })];
    expect(check.mutationProblems(files)).toEqual([]);
    expect(check.findBase(files, files[1] as check.VectorFile, 'z/valid')).toBeUndefined();
  });
});
