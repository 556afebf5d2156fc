/** That the check of spec/ catches what it is for. */
import { rejectionCodes } from '@solvent/scripts/rejection-codes';
import { fillParts } from '@solvent/scripts/spec-parts';
import * as check from '@solvent/scripts/spec-problems';
import { describe, expect, it } from 'vitest';

describe('the check of the specification', () => {
  const chapters = { '01-a.md': '# 1 A\n\n## 1.1 B\n', '02-c.md': '# 2 C\n' };

  it('finds a cited section that is not there', () => {
    const numbers = check.sectionNumbers(chapters);
    expect(numbers).toEqual(['1', '1.1', '2']);
    const citing = { 'a.ts': '// See §1.1 and §2.\n// RFC 4648 §4 is another document; §2.1 is not there.\n' };
    expect(check.citationProblems(numbers, citing)).toEqual(['a.ts:2: §2.1 is no section of spec/']);
    expect(check.citationProblems(['1', '1'], {})).toEqual(['spec: §1 is there twice']);
  });

  it('tells sections of other documents by the name in front, and takes none of them for one of ours', () => {
    const citing = {
      'a.py': '# RFC 9496 §4.3.1, SEC 1 §4.1.6, JSON-RPC 2.0 §5, draft-irtf-x §7, draft §8.1 and §1.1.2.',
    };
    expect(check.citationProblems(['1.1'], citing)).toEqual(['a.py:1: §1.1.2 is no section of spec/']);
    expect(check.uncitedProblems(['4.3', '5', '1.1'], citing)).toHaveLength(3);
  });

  it('finds a code that only the code or only the text has', () => {
    const chapter = '- **V1** Text.\n- **V3** Text.\n| V1 | `one` | a |\n| V2 | `two` | b |\n';
    const documented = check.documentedCodes(chapter);
    expect(documented).toEqual(['V1 one', 'V2 two']);
    expect(check.differences('code', ['V1 one', 'V1 new'], documented, '§8.5')).toEqual([
      '§8.5 lacks the code V1 new of the code',
      '§8.5 has the code V2 two, the code does not',
    ]);
    expect(check.differences('code', ['a'], ['a', 'a'], '§8.5')).toEqual(['§8.5 has the code a twice']);
    expect(check.stepProblems(chapter)).toEqual(['spec: step V2 has no description', 'spec: step V3 has no code']);
  });

  it('finds sections that no source cites, and links to what is not there', () => {
    const sources = { 'a.ts': '// See §1.1 and spec §2.1, §2.2.' };
    expect(check.uncitedProblems(['1.1', '1.2', '2.2'], sources)).toEqual(['no source cites §1.2']);
    const text = '[a](a.md) [b](b.md#part) [c](#part) [d](https://x.example/)';
    expect(check.linkProblems('x.md', text, (target) => target === 'a.md')).toEqual([]);
    expect(check.linkProblems('x.md', text.replace('a.md', 'z.md'), () => false)).toEqual(['x.md: no z.md']);
  });

  it('reads conformance classes from their table', () => {
    expect(check.documentedClasses('## 1.5 A\n| `no` | x |\n## 1.6 B\n| `yes` | x |\n')).toEqual(['yes']);
  });

  it('reads purposes from sources and from the table', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a template is what is looked for.
    const source = "createHasher('air'); createHasher(`tree ${tree} leaf`);";
    expect(check.usedPurposes(source)).toEqual(['air', 'tree NAME leaf']);
    expect(check.documentedPurposes('## 3.1 A\n| `air` | x |\n## 3.2 B\n| `other` | x |\n')).toEqual(['air']);
  });

  it('finds generated parts that are out of date, and markers without a part', () => {
    const parts = { a: () => 'new' };
    const old = '<!-- generated: a -->\n\nold\n\n<!-- end -->\n';
    expect(fillParts(old, parts)).toBe(old.replace('old', 'new'));
    expect(check.generatedProblems({ 'x.md': old, y: '2' }, { 'x.md': parts }, { y: () => '1' })).toEqual([
      'spec/x.md is out of date: run node scripts/generate-spec.js',
      'spec/y is out of date: run node scripts/generate-spec.js',
    ]);
    expect(() => fillParts(old, {})).toThrow('marker without a generated part: a');
    expect(() => fillParts('', parts)).toThrow('generated parts without a marker: a');
  });

  it('reads every code from the sources of the verifiers, those of templates and choices too', () => {
    const codes = rejectionCodes().map(({ step, code }) => `${step} ${code}`);
    for (const code of [
      'M2 preset-digest',
      'M2 air-digest',
      'V7 trace-opening',
      'V7 quotient-opening',
      'V8 layer-opening',
      'V8 final-polynomial',
      'I7 shared-row',
    ]) {
      expect(codes).toContain(code);
    }
  });
});
