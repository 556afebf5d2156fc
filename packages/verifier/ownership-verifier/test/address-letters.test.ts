import { readdirSync, readFileSync } from 'node:fs';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import { describe, expect, test } from 'vitest';
import { isVerdict } from '../src/claim.js';
import { familyOf } from '../src/families.js';

const thirdParty = new URL('../../../../vectors/third-party/', import.meta.url);

/** Letters that changing case makes one or more of a to z or A to Z. */
const lookalikes: readonly [string, string][] = [
  ['k', '\u{212a}'],
  ['s', '\u{17f}'],
  ['i', '\u{131}'],
  ['ff', '\u{fb00}'],
];

/** A text with each letter by itself replaced by its lookalike. */
function disguised(text: string): string[] {
  return lookalikes.flatMap(([letters, other]) =>
    [...text.matchAll(new RegExp(letters, 'gi'))].map(
      ({ index }) => text.slice(0, index) + other + text.slice(index + letters.length),
    ),
  );
}

describe('addresses', () => {
  test.each(readdirSync(thirdParty).filter((name) => name.endsWith('.json')))(
    'of %s in either case have letters of ASCII alone',
    (name) => {
      const { cases } = JSON.parse(readFileSync(new URL(name, thirdParty), 'utf8'));
      for (const { coin, network: stated = '', type = '', address } of cases) {
        const found = resolveCoin({ coin, network: stated, type });
        if ('code' in found) throw new Error(found.detail);
        const { network } = found;
        const { decodeAddress } = familyOf(network);
        const texts = [address, address.toLowerCase(), address.toUpperCase()].flatMap(disguised);
        expect(texts.filter((text) => !isVerdict(decodeAddress(text, network)))).toEqual([]);
      }
    },
  );
});
