/** Inputs that `prove` refuses: one line that names the place, exit code 2, and nothing written. */
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { proveArgs, useTemporaryFolder, write } from './support/folder.js';
import { run } from './support/run.js';

useTemporaryFolder();

beforeAll(() => {
  write('assets.json', '[{"symbol": "BTC", "decimals": 8}, {"symbol": "ETH", "decimals": 18}]');
  write('good.csv', 'account_id,asset,balance\na,BTC,1\n');
});

const long = (...lines: string[]) => `account_id,asset,balance\n${lines.join('\n')}\n`;
const wide = (...lines: string[]) => `account_id,BTC,ETH\n${lines.join('\n')}\n`;

const ledgers: [fault: string, contents: string | Uint8Array, place: string, message: RegExp][] = [
  ['a negative amount', long('a,BTC,1', 'b,BTC,-0.5'), 'line 3', /expected an amount of at least 0, got "-0\.5"/],
  ['too many decimals', wide('a,0.123456789,0'), 'line 2', /expected at most 8 decimals/],
  ['exponent notation', long('a,ETH,1e3'), 'line 2', /without an exponent/],
  ['an unknown asset', long('a,BTC,1', 'a,DOGE,1'), 'line 3', /expected a listed asset, got "DOGE"/],
  ['a duplicate in a long file', long('a,BTC,1', 'b,BTC,1', 'a,BTC,2'), 'line 4', /first is on line 2/],
  ['a duplicate in a wide file', wide('a,1,1', 'b,1,1', 'a,1,1'), 'line 4', /first is on line 2/],
  ['an amount of 2^70', long(`a,ETH,${2n ** 70n}`), 'line 2', /less than 2\^70 units of 10\^-18/],
  ['an amount that fits at a lower precision', long('a,ETH,2000'), 'line 2', /would fit with at most 17 decimals/],
  ['a ragged row', wide('a,1,1', 'b,1'), 'line 3', /expected 3 fields/],
  [
    'bytes that are not UTF-8',
    Buffer.concat([Buffer.from(long('a,BTC,1')), Buffer.from([0xff, 0x2c])]),
    'line 3',
    /UTF-8/,
  ],
  ['an empty balance in a long file', long('a,BTC,'), 'line 2', /got an empty text/],
  ['an empty id', long(',BTC,1'), 'line 2', /account id that is not empty/],
  ['an id of 257 bytes', long(`${'é'.repeat(129)},BTC,1`), 'line 2', /at most 256 bytes/],
  ['a quote that is never closed', long('"a,BTC,1'), 'line 2', /closing quote/],
  ['a header without rows', 'account_id,asset,balance\n', 'ledger.csv', /at least one account/],
  ['an empty file', '', 'ledger.csv', /got an empty file/],
  ['a missing column', 'account_id,BTC\na,1\n', 'line 1', /none for ETH/],
  ['a thousands separator', long('a,BTC,"1,000"'), 'line 2', /a decimal number/],
];

describe('ledgers', () => {
  test.each(ledgers)('%s', async (_, contents, place, message) => {
    write('ledger.csv', contents);
    const { exitCode, stdout, stderr } = await run(proveArgs('ledger.csv', 'assets.json', 'out/deep'));
    const lines = stderr.split('\n').filter((line) => line.startsWith('solvent:'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ledger.csv');
    expect(lines[0]).toContain(place);
    expect(lines[0]).toMatch(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(existsSync('out')).toBe(false);
  });
});

const assetLists: [fault: string, contents: string | Uint8Array, message: RegExp][] = [
  ['no JSON', 'BTC,8', /got text that is not JSON/],
  ['a symbol twice', '[{"symbol":"BTC","decimals":8},{"symbol":"BTC","decimals":8}]', /assets\[1\]\.symbol/],
  ['19 decimals', '[{"symbol":"BTC","decimals":19}]', /assets\[0\]\.decimals.*0 to 18/],
  ['decimals in quotes', '[{"symbol":"BTC","decimals":"8"}]', /assets\[0\]\.decimals/],
  ['no asset', '[]', /1 to 4096/],
  ['an unknown field', '[{"symbol":"BTC","decimals":8,"price":1}]', /"price"/],
  ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff), /UTF-8/],
];

describe('asset lists', () => {
  test.each(assetLists)('%s', async (_, contents, message) => {
    write('wrong.json', contents);
    const { exitCode, stderr } = await run(proveArgs('good.csv', 'wrong.json', 'out'));
    expect(stderr).toMatch(/^solvent: wrong\.json: /);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
    expect(existsSync('out')).toBe(false);
  });
});

describe('other arguments', () => {
  const cases: [fault: string, args: () => string[], message: RegExp][] = [
    ['a ledger that is not there', () => proveArgs('none.csv', 'assets.json', 'out'), /none\.csv/],
    ['a folder as a ledger', () => proveArgs('.', 'assets.json', 'out'), /readable file/],
    ['assets that are not there', () => proveArgs('good.csv', 'none.json', 'out'), /none\.json.*got none/],
    ['a folder as assets', () => proveArgs('good.csv', '.', 'out'), /got a folder/],
    [
      'a previous report that is none',
      () => proveArgs('good.csv', 'assets.json', 'out', '--previous', '.'),
      /manifest|got none/,
    ],
    [
      'a row count that is no power of two',
      () => proveArgs('good.csv', 'assets.json', 'out', '--max-rows', '3000'),
      /power of two/,
    ],
    ['groups of 100', () => proveArgs('good.csv', 'assets.json', 'out', '--allow-small-groups', '100'), /1 to 99/],
    [
      'an empty name',
      () => proveArgs('good.csv', 'assets.json', 'out').map((word) => (word === 'Example Exchange' ? '' : word)),
      /1 to 128/,
    ],
    [
      'a day that does not exist',
      () => proveArgs('good.csv', 'assets.json', 'out').map((word) => word.replace('01-31', '02-31')),
      /RFC 3339/,
    ],
    [
      'a time that is not in UTC',
      () => proveArgs('good.csv', 'assets.json', 'out').map((word) => word.replace('59Z', '59+01:00')),
      /RFC 3339/,
    ],
    ['an argument too many', () => [...proveArgs('good.csv', 'assets.json', 'out'), 'more'], /too many arguments/],
  ];

  test.each(cases)('%s', async (_, args, message) => {
    const { exitCode, stderr } = await run(args());
    expect(stderr).toMatch(message);
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith('reading')),
    ).toHaveLength(1);
    expect(exitCode).toBe(2);
    expect(existsSync('out')).toBe(false);
  });

  test('a previous manifest that is not in canonical form', async () => {
    write('previous/sum_proof_data.json', '{"format": "solvent-liabilities/1"}');
    const { exitCode, stderr } = await run(proveArgs('good.csv', 'assets.json', 'out', '--previous', 'previous'));
    expect(stderr).toMatch(/previous\/sum_proof_data\.json: expected the manifest of a report/);
    expect(exitCode).toBe(2);
  });

  test.each(['public', 'private'])('an out folder that has %s already keeps what it has', async (name) => {
    write(`taken-${name}/${name}/file`, 'kept');
    const { exitCode, stderr } = await run(proveArgs('good.csv', 'assets.json', `taken-${name}`));
    expect(stderr).toMatch(/never overwritten/);
    expect(exitCode).toBe(2);
    expect(readdirSync(`taken-${name}`)).toEqual([name]);
  });
});

describe('a split that would show small groups', () => {
  test('is refused by name', async () => {
    // Two segments are needed, and all of the 40 assets have 77 holders.
    const assets = Array.from({ length: 40 }, (_, i) => ({ symbol: `R${i}`, decimals: 0 }));
    write('rare.json', JSON.stringify(assets));
    write('rare.csv', long(...Array.from({ length: 3080 }, (_, i) => `a${i},R${i % 40},1`)));
    const { exitCode, stderr } = await run(proveArgs('rare.csv', 'rare.json', 'out', '--max-rows', '2048'));
    expect(stderr).toMatch(/no safe split.*R0 \(77 holders\)/);
    expect(exitCode).toBe(2);
    expect(existsSync('out')).toBe(false);
  });

  test('an account that fits into no segment is refused', async () => {
    const assets = Array.from({ length: 4000 }, (_, i) => ({ symbol: `R${i}`, decimals: 0 }));
    write('wide.json', JSON.stringify(assets));
    write('wide.csv', long('a,R1,1'));
    const { exitCode, stderr } = await run(proveArgs('wide.csv', 'wide.json', 'out', '--max-rows', '2048'));
    expect(stderr).toMatch(/room beside the carry rows/);
    expect(exitCode).toBe(2);
  });
});

describe('what verify cannot read', () => {
  test.each([
    ['nothing at the path', ['nowhere']],
    ['a folder without a manifest', ['empty']],
    ['a folder in the place of the manifest', ['folder']],
    ['a link in the place of the manifest', ['linked']],
    ['several reports', ['previous', 'linked']],
    ['an account without a file', ['previous', '--account', 'a']],
    ['balances without a file', ['previous', '--balance', 'BTC=1']],
    ['nothing in the current folder', []],
  ])('%s', async (_, args) => {
    mkdirSync('empty', { recursive: true });
    mkdirSync('folder/sum_proof_data.json', { recursive: true });
    write('previous/sum_proof_data.json', '{"format": "solvent-liabilities/1"}');
    mkdirSync('linked', { recursive: true });
    if (!existsSync('linked/sum_proof_data.json')) {
      symlinkSync('../previous/sum_proof_data.json', 'linked/sum_proof_data.json');
    }
    const { exitCode, stdout, stderr } = await run(['verify', ...args]);
    expect(stderr).toMatch(/^solvent: .*expected/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('a manifest that is none is a failed check, not an unreadable one', async () => {
    write('previous/sum_proof_data.json', '{"format": "solvent-liabilities/1"}');
    const { exitCode, stdout } = await run(['verify', 'previous']);
    expect(stdout).toContain('rejected at M1');
    expect(stdout).toContain('Total sum and non-negative constraint validation failed');
    expect(exitCode).toBe(1);
  });

  test('the words of hostile files drive no terminal', async () => {
    write('hostile/sum_proof_data.json', '\u001b[2J\u202ehello');
    const { exitCode, stdout } = await run(['verify', 'hostile']);
    expect(exitCode).toBe(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there.
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const json = await run(['verify', 'hostile', '--json']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there.
    expect(json.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, report: { rejection: { step: 'M1' } } });
  });
});
