/**
 * Every decoder on bytes that are almost right: it never throws anything but what it says it throws, and what it accepts
 * is the one encoding of what it gives.
 */
import { encodeElements } from '@solvent/commitment/bytes';
import { isCanonical, modulus } from '@solvent/field/koala-bear';
import { decodeRow } from '@solvent/ledger/csv-rows';
import { CsvFault, createCsvScanner } from '@solvent/ledger/csv-scanner';
import { seededRandom } from '@solvent/ledger/testing';
import { ByteReader, FormatError } from '@solvent/proof-format/byte-reader';
import {
  decodeInclusionFile,
  decodeInclusionOpenings,
  decodeMask,
  encodeInclusionFile,
  encodeInclusionOpenings,
} from '@solvent/proof-format/inclusion-file';
import { decodeHeader, decodeQueries, encodeHeader, encodeProof } from '@solvent/proof-format/proof';
import { AmountError, amountBound, formatAmount, parseAmount } from '@solvent/report-format/amounts';
import { assertAssets, parseAssetsJson } from '@solvent/report-format/assets';
import { decodeCanonicalJson, encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { decodeManifest, encodeManifest } from '@solvent/report-format/manifest';
import { deriveShape } from '@solvent/stark/shape';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { byteMutations, type Json, jsonMutations } from '../property/byte-mutations.js';
import { proveLedger } from '../property/proven-ledger.js';
import { openProof } from '../support/report.js';
import { changeUnit, layParts, proofParts, unitChanges } from './parts.js';
import { createTally, decoderCases, faultKind, isLong, isPrintable, seed, writeTally } from './tally.js';

const assets = ['BTC', 'ETH', 'SOL', 'USDT', 'XRP'].map((symbol) => ({ symbol, decimals: 8 }));
const accounts = Array.from({ length: 12 }, (_, i) => ({
  id: `holder ${i}`,
  balances: assets.slice(0, 1 + (i % 5)).map(({ symbol }, k) => [symbol, 10n ** BigInt(i) + BigInt(k)] as const),
}));
const proven = proveLedger({ assets, accounts }, seededRandom('fuzzed decoders'));
const other = proveLedger({ assets, accounts }, seededRandom('another report'));
const [{ statement, proof }] = proven.segments;
const parts = proofParts(statement, proof);
const opened = openProof(statement, proof);
const shape = deriveShape(statement.rowCount);
const utf8 = (text: string) => new TextEncoder().encode(text);
/** Far faster than `toEqual` on arrays of this size. */
const expectSame = (found: Uint8Array, bytes: Uint8Array) => expect(Buffer.compare(found, bytes)).toBe(0);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

// Eleven tests, each with its share of the cases.
const numRuns = Math.ceil(decoderCases / 11);
const tally = createTally();
const note = (decoder: string, decoded: { ok: true } | { ok: false; fault: string }) => {
  tally.add(`${decoder}: ${decoded.ok ? 'accepted' : faultKind(decoded.fault)}`);
  if (!decoded.ok) expect(isPrintable(decoded.fault), decoded.fault).toBe(true);
};
const check = <Values extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof Values]: fc.Arbitrary<Values[K]> },
  predicate: (...values: Values) => void,
) => fc.assert(fc.property(...arbitraries, predicate), { numRuns, seed });

afterAll(() => writeTally('decoders', tally));

/** What the tally has of a decoder, without its name. */
const met = (decoder: string) =>
  [...tally.counts.keys()].filter((what) => what.startsWith(`${decoder}: `)).map((what) => what.split(': ')[1]);

describe('almost right bytes', { timeout: 0 }, () => {
  it('of a proof are read as what they are, or refused', () => {
    const foreign = other.segments[0].proof;
    check(
      [fc.boolean(), unitChanges, byteMutations, fc.integer({ min: 11, max: 13 })],
      (inUnits, change, mutate, log) => {
        const bytes = inUnits ? changeUnit(proof, parts, change, foreign) : mutate(proof);
        // Under another shape the same bytes have another meaning, or none.
        const assumed = log === 13 ? deriveShape(2 ** 13) : shape;
        const header = decodeHeader(bytes, assumed);
        note('proof header', header);
        if (!header.ok) return;
        expectSame(encodeHeader(header.header), bytes.subarray(0, bytes.length - header.rest.length - 4));
        const queries = decodeQueries(header.rest, shape, opened.points);
        note('proof queries', queries);
        if (queries.ok && assumed === shape) {
          expectSame(encodeProof(header.header, header.nonce, queries.value), bytes);
        }
      },
    );
    if (isLong(numRuns)) {
      expect(met('proof header')).toEqual(expect.arrayContaining(['accepted', 'magic at byte #']));
      expect(met('proof queries')).toEqual(expect.arrayContaining(['accepted', 'end at byte #']));
    }
  });

  it('of opened queries are read for any points as what they are, or refused', () => {
    const points = fc.uniqueArray(fc.nat({ max: shape.pointDomain.size - 1 }), { minLength: 1, maxLength: 12 });
    const rest = parts.filter(({ start }) => start >= proof.length - opened.rest.length);
    const from = rest[0].start;
    const laid = rest.map((part) => ({ ...part, start: part.start - from }));
    check([points, unitChanges, fc.boolean()], (some, change, keep) => {
      const bytes = changeUnit(opened.rest, laid, change, other.segments[0].proof.subarray(from));
      const positions = keep ? opened.points : [...some].sort((a, b) => a - b);
      const queries = decodeQueries(bytes, shape, positions);
      note('queries', queries);
      if (!queries.ok) return;
      const encoded = encodeProof(opened.header, opened.nonce, queries.value);
      expectSame(encoded.subarray(encoded.length - bytes.length), bytes);
    });
  });

  const files = fc.integer({ min: 0, max: accounts.length - 1 }).map((i) => proven.files[i]);

  it('of an inclusion file are read as what they are, or refused', () => {
    check([files, fc.boolean(), byteMutations, jsonMutations], (file, asJson, mutate, mutateJson) => {
      const bytes = asJson ? encodeCanonicalJson(mutateJson(JSON.parse(textOf(file)))) : mutate(file);
      const decoded = decodeInclusionFile(bytes);
      note('inclusion file', decoded);
      if (decoded.ok) expectSame(encodeInclusionFile(decoded.value), bytes);
    });
    if (isLong(numRuns)) expect(met('inclusion file')).toContain('accepted');
  });

  it('of an inclusion file’s openings are read as what they are, or refused', () => {
    const rowLists = fc.uniqueArray(fc.nat({ max: 2047 }), { minLength: 1, maxLength: 5 });
    const places = fc.nat();
    const letters = fc.constantFrom('', '=', '==', 'A', 'B', 'AB', '+', '/', '-', '_', '\n', ' ', 'é', '\u0000');
    check(
      [files, rowLists, fc.nat({ max: 3 }), unitChanges, places, letters],
      (file, some, how, change, place, text) => {
        const decodedFile = decodeInclusionFile(file);
        if (!decodedFile.ok) throw new Error(decodedFile.fault);
        const { openings, rows } = decodedFile.value;
        const bytes = new Uint8Array(Buffer.from(openings, 'base64'));
        const units = layParts([['openings', 4, bytes.length / 4]]);
        const at = place % (openings.length + 1);
        const changed = [
          Buffer.from(changeUnit(bytes, units, change, bytes)).toString('base64'),
          openings.slice(0, at) + text + openings.slice(at + text.length),
          openings.slice(0, at) + text + openings.slice(at),
          openings.slice(0, openings.length - (place % 5)) + text,
        ][how];
        const own = rows.map(({ index }) => index);
        const positions = place % 7 === 0 ? [...some].sort((a, b) => a - b) : own;
        const decoded = decodeInclusionOpenings(changed, shape, positions);
        note('inclusion openings', decoded);
        if (decoded.ok) expect(encodeInclusionOpenings(decoded.value)).toBe(changed);
      },
    );
    if (isLong(numRuns)) expect(met('inclusion openings')).toEqual(expect.arrayContaining(['accepted', 'not base#']));
  });

  it('of a mask are read if every element is canonical, and only then', () => {
    const edges = fc.constantFrom(0, 1, modulus - 1, modulus, modulus + 1, 2 ** 31, 2 ** 32 - 1);
    const element = fc.oneof({ arbitrary: fc.nat({ max: modulus - 1 }), weight: 9 }, { arbitrary: edges, weight: 2 });
    check([fc.array(element, { minLength: 5, maxLength: 5 })], (elements) => {
      const mask = decodeMask(Buffer.from(encodeElements(elements)).toString('hex'));
      note('mask', mask === undefined ? { ok: false, fault: 'not canonical' } : { ok: true });
      expect(mask).toEqual(elements.every(isCanonical) ? elements : undefined);
    });
  });

  it('of a manifest are read as what they are, or refused', () => {
    const { manifest } = proven.report;
    const value: Json = JSON.parse(textOf(manifest));
    check([fc.nat({ max: 2 }), byteMutations, jsonMutations, jsonMutations], (how, mutate, first, second) => {
      const bytes = [
        () => mutate(manifest),
        () => encodeCanonicalJson(first(value)),
        () => encodeCanonicalJson(second(first(value))),
      ][how]();
      const decoded = decodeManifest(bytes);
      note('manifest', decoded);
      if (decoded.ok) expectSame(encodeManifest(decoded.value), bytes);
    });
    if (isLong(numRuns)) expect(met('manifest')).toContain('accepted');
  });

  it('of any JSON are read if they are its canonical form, and only then', () => {
    const spelling = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => ` ${text}`,
      (text) => `${text}\n`,
      (text) => text.replace(/[,:]/, '$& '),
      (text) => text.replace(/[0-9]+/, '$&.0'),
      (text) => text.replace(/[0-9]+/, '$&e0'),
      (text) => text.replace(/[0-9]+/, '-$&'),
      (text) => text.replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
      (text) => text.replace(/\{("[^"]*":[0-9]+)/, '{$1,$1'),
      (text) => text.replace(/^\{(.*),(.*)\}$/, '{$2,$1}'),
    );
    const anything = { safeParse: (data: unknown) => ({ success: true as const, data }) };
    check([fc.jsonValue(), spelling, fc.boolean(), byteMutations], (value, spell, damage, mutate) => {
      const canonical = encodeCanonicalJson(value);
      const bytes = damage ? mutate(canonical) : utf8(spell(textOf(canonical)));
      const decoded = decodeCanonicalJson(bytes, 10_000, anything);
      note('canonical JSON', decoded);
      // −0 has the same canonical form as 0.
      if (Buffer.from(bytes).equals(canonical)) expect(decoded.ok).toBe(true);
      if (decoded.ok) expectSame(encodeCanonicalJson(decoded.value), bytes);
    });
    if (isLong(numRuns))
      expect(met('canonical JSON')).toEqual(expect.arrayContaining(['accepted', 'not in canonical form (RFC #)']));
  });

  it('of assets are a sorted list without duplicates, or an error that says what is wrong', () => {
    const list = fc.array(
      fc.record(
        {
          symbol: fc.oneof(
            fc.constantFrom('BTC', 'ETH', 'é', 'A B', '', '__proto__', 'A'.repeat(33)),
            fc.string({ maxLength: 4 }),
          ),
          decimals: fc.oneof(fc.integer({ min: 0, max: 18 }), fc.constantFrom<Json>(-1, 19, 1.5, '8', null)),
          extra: fc.constant(1),
        },
        { requiredKeys: ['symbol', 'decimals'] },
      ),
      { maxLength: 4 },
    );
    const texts = fc.oneof(
      list.map((value) => JSON.stringify(value)),
      list.map((value) => JSON.stringify(value.map(({ symbol, decimals }) => ({ symbol, decimals })))),
      fc.tuple(byteMutations, fc.constant(JSON.stringify(assets))).map(([mutate, text]) => textOf(mutate(utf8(text)))),
    );
    check([texts], (text) => {
      try {
        const sorted = parseAssetsJson(text);
        assertAssets(sorted);
        expect(parseAssetsJson(JSON.stringify(sorted))).toEqual(sorted);
        note('assets', { ok: true });
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
        note('assets', { ok: false, fault: error.message });
      }
    });
    if (isLong(numRuns)) expect(met('assets')).toContain('accepted');
  });

  it('of an amount are its exact number of units, or an error', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 0, maxLength: 24 });
    const texts = fc.oneof(
      fc.tuple(digits, digits).map(([whole, fraction]) => (fraction === '' ? whole : `${whole}.${fraction}`)),
      fc
        .tuple(fc.bigInt({ min: 0n, max: 2n ** 71n }), fc.nat({ max: 18 }))
        .map(([units, decimals]) => formatAmount(units, decimals)),
      fc.string({ unit: fc.constantFrom(...'0019.-+eE ,_٣０x'), maxLength: 8 }),
    );
    check([texts, fc.nat({ max: 18 })], (text, decimals) => {
      const expected = unitsOf(text, decimals);
      try {
        const units = parseAmount(text, decimals);
        expect(units).toBe(expected);
        expect(parseAmount(formatAmount(units, decimals), decimals)).toBe(units);
        note('amount', { ok: true });
      } catch (error) {
        if (!(error instanceof AmountError)) throw error;
        expect(expected).toBeUndefined();
        note('amount', { ok: false, fault: error.reason });
      }
    });
    if (isLong(numRuns)) {
      expect(met('amount').sort()).toEqual([
        'accepted',
        'empty',
        'exponent',
        'leading-zero',
        'negative',
        'syntax',
        'too-large',
        'too-many-decimals',
      ]);
    }
  });

  it('of a ledger in CSV are the same rows however they come in pieces, or the same fault', () => {
    const golden = 'account_id,BTC,ETH\r\nalice,1.5,2\n"bo""b",0.00000001,\n"ca\nrol",,7\n';
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 });
    const spliced = fc
      .tuple(fc.nat({ max: golden.length }), fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', '\u{feff}', 'é', 'x'))
      .map(([at, text]) => utf8(golden.slice(0, at) + text + golden.slice(at)));
    check(
      [
        fc.oneof(
          spliced,
          byteMutations.map((mutate) => mutate(utf8(golden))),
        ),
        sizes,
      ],
      (bytes, pieces) => {
        const whole = scanned(bytes, []);
        note(
          'ledger CSV',
          whole.fault === undefined ? { ok: true } : { ok: false, fault: whole.fault.replace(/\d+/, '#') },
        );
        expect(scanned(bytes, pieces)).toEqual(whole);
      },
    );
    if (isLong(numRuns)) expect(met('ledger CSV')).toContain('accepted');
  });
});

describe('a reader of bytes', { timeout: 0 }, () => {
  it('gives what is there, in order, or says that the bytes do not fit', () => {
    const reads = fc.array(fc.constantFrom('bytes', 'uint32', 'element', 'extension', 'end'), { maxLength: 8 });
    // An offset: what is read is a view of memory that has more before and after.
    check([fc.uint8Array({ maxLength: 60 }), reads, fc.nat({ max: 9 })], (bytes, kinds, before) => {
      const memory = new Uint8Array(bytes.length + 20).fill(0xff);
      memory.set(bytes, before);
      const view = new DataView(memory.buffer, before, bytes.length);
      const reader = new ByteReader(memory.subarray(before, before + bytes.length));
      let offset = 0;
      const element = (at: number) => view.getUint32(at, true);
      for (const kind of kinds) {
        const size = { bytes: 3, uint32: 4, element: 4, extension: 20, end: 0 }[kind];
        const elements =
          kind === 'element' || kind === 'extension' ? Array.from({ length: size / 4 }, (_, i) => offset + 4 * i) : [];
        const fits =
          kind === 'end'
            ? offset === bytes.length
            : offset + size <= bytes.length && elements.every((at) => isCanonical(element(at)));
        try {
          if (kind === 'end') reader.end();
          else if (kind === 'bytes') expect(reader.bytes(3, 'some')).toEqual(bytes.subarray(offset, offset + 3));
          else if (kind === 'extension') expect(reader.extension('some')).toEqual(elements.map(element));
          else expect(reader[kind]('some')).toBe(element(offset));
          expect(fits).toBe(true);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expect(fits).toBe(false);
          return note('byte reader', { ok: false, fault: error.message });
        }
        offset += size;
      }
      note('byte reader', { ok: true });
    });
  });
});

/** The units that a text stands for, by another way than `parseAmount`: undefined if it is no amount below 2^70. */
function unitsOf(text: string, decimals: number): bigint | undefined {
  const [whole, fraction, ...more] = text.split('.');
  const areDigits = [whole, fraction ?? '0'].every(
    (part) => part !== '' && [...part].every((c) => '0123456789'.includes(c)),
  );
  if (!areDigits || more.length > 0 || (whole.length > 1 && whole[0] === '0')) return undefined;
  if ((fraction ?? '').length > decimals) return undefined;
  const units = BigInt(whole) * 10n ** BigInt(decimals) + BigInt((fraction ?? '').padEnd(decimals, '0') || '0');
  return units < amountBound ? units : undefined;
}

function scanned(bytes: Uint8Array, sizes: readonly number[]) {
  const rows: (readonly [number, readonly string[]])[] = [];
  const scanner = createCsvScanner((row) => {
    const { fields, line } = decodeRow(row);
    rows.push([line, fields]);
  });
  try {
    let start = 0;
    for (const size of sizes) {
      scanner.push(bytes.subarray(start, start + size));
      start += size;
    }
    scanner.push(bytes.subarray(start));
    scanner.end();
    return { rows, fault: undefined };
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    return { rows, fault: error.message };
  }
}
