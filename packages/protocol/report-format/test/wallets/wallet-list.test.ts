import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { writeOwnJsonList } from '@solvent/report-format/wallets/own-json-list';
import { decodeWalletList, readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import type { WalletList, WalletRow } from '@solvent/report-format/wallets/wallet-list';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const header11 =
  'coin,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/ public key, eoa1, eoa2';
const header12 =
  'coin,Type,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/public key,EOA1,EOA2';

function read(text: string): WalletList {
  const list = readWalletList(text);
  if (!list.ok) throw new Error(`line ${list.line}: expected ${list.expected}, got ${list.found}`);
  return list;
}

function readFault(text: string): string {
  const list = readWalletList(text);
  return list.ok ? 'none' : `line ${list.line}: expected ${list.expected}, got ${list.found}`;
}

describe('the published form', () => {
  it('is read with its summary, an empty line and 11 columns', () => {
    const summary = 'coin,snapshot height,amount\nETH(ALL),-,6\nETH-ARBITRUM,39362849, 0.2214\n';
    const row = 'BTC,BTC,763861,1abc,0.5,I am an OKX address,sigA,sigB,5221,,';
    const list = read(`${summary}\n${header11}\n${row}\n`);
    expect(list.form).toBe('published');
    expect(list.summary).toEqual([
      { line: 2, coin: 'ETH(ALL)', height: '-', amount: '6' },
      { line: 3, coin: 'ETH-ARBITRUM', height: '39362849', amount: '0.2214' },
    ]);
    expect(list.rows).toEqual([
      {
        line: 6,
        coin: 'BTC',
        network: 'BTC',
        type: '',
        height: '763861',
        address: '1abc',
        amount: '0.5',
        message: 'I am an OKX address',
        signatures: ['sigA', 'sigB'],
        script: '5221',
        owners: [],
      },
    ]);
  });

  it('is read with 12 columns and types', () => {
    const list = read(`${header12}\nETH,Native ETH Staking,ETH,1,0xab,32,m,s1,,,0xe1,\n`);
    expect(list.rows).toMatchObject([{ line: 2, type: 'Native ETH Staking', signatures: ['s1'], owners: ['0xe1'] }]);
  });

  it.each([
    'COIN,NETWORK,SNAPSHOT HEIGHT,ADDRESS,AMOUNT,MESSAGE,SIGNATURE1,SIGNATURE2,REDEEM SCRIPT/PUBLIC KEY,EOA1,EOA2',
    'coin, Network ,Snapshot_Height,address,amount,message,signature 1,signature 2,redeem script / public key,eoa 1,eoa 2',
    '"coin","Network","Snapshot Height","address","amount","message","signature1","signature2","redeem script/ public key","eoa1","eoa2"',
    `${header11},,`,
  ])('is read under the header %s', (header) => {
    expect(read(`${header}\r\nBTC,BTC,1,a,1,m,s,,,,\r\n`).rows).toMatchObject([{ address: 'a', signatures: ['s'] }]);
  });

  it('takes empty, null and \\N for absent, and spaces around fields for nothing', () => {
    const [row] = read(`${header11}\n BTC , null,\\N, a , 1 , m ,null,\\N, null ,,null\n`).rows;
    expect(row).toMatchObject({ coin: 'BTC', network: '', height: '', address: 'a', amount: '1', message: ' m ' });
    expect([row.signatures, row.script, row.owners]).toEqual([[], '', []]);
  });

  it('is read with a byte-order mark, CRLF, quoted fields over lines, and rows that end early', () => {
    const list = read(
      `\ufeff${header11}\r\nBTC,,1,a,1,"say ""hi"",\r\nthere",s\r\n\r\n,,,,,,,,,,\r\nETH,,2,b,2,m,s\r\n`,
    );
    expect(list.rows).toMatchObject([
      { line: 2, message: 'say "hi",\r\nthere', signatures: ['s'] },
      { line: 6, address: 'b' },
    ]);
  });

  it.each([
    ['BTC,BTC,1,a,1,m,s,,,,,x', 'fields'],
    ['BTC,BTC,1,a,1,"m"x,s,,,,', 'fields'],
    ['BTC,BTC,1,a,1,m"x,s,,,,', 'fields'],
    [`BTC,BTC,1,a,1,${'m'.repeat(65537)},s,,,,`, 'fields'],
    [`BTC${',x'.repeat(64)}`, 'fields'],
    [',BTC,1,a,1,m,s,,,,', 'coin'],
    ['BTC,BTC,-1,a,1,m,s,,,,', 'height'],
    ['BTC,BTC,0x1,a,1,m,s,,,,', 'height'],
    ['BTC,BTC,1,a,,m,s,,,,', 'amount'],
    ['BTC,BTC,1,a,-1,m,s,,,,', 'amount'],
    ['BTC,BTC,1,a,1e3,m,s,,,,', 'amount'],
    ['BTC,BTC,1,a,"1,000",m,s,,,,', 'amount'],
    ['BTC,BTC,1,a,01,m,s,,,,', 'amount'],
    ['BTC,BTC,1,a,.5,m,s,,,,', 'amount'],
    [`BTC,BTC,1,a,0.${'1'.repeat(31)},m,s,,,,`, 'amount'],
  ])('gives the row %s a fault of its own: %s', (line, code) => {
    const good = 'BTC,BTC,1,a,1,m,s,,,,';
    const { rows } = read(`${header11}\n${good}\n${line}\n${good}\n`);
    expect(rows.map((row) => [row.line, row.fault?.code])).toEqual([
      [2, undefined],
      [3, code],
      [4, undefined],
    ]);
  });

  it('gives an unknown type a fault', () => {
    const { rows } = read(`${header12}\nETH,Some Staking,ETH,1,0xab,32,m,s1,,,,\n`);
    expect(rows[0].fault?.code).toBe('type');
  });

  it.each([
    ['', 'line 1: expected a list of wallets, got an empty file'],
    ['coin,address\n', /^line 1: expected a header .*, got "coin,address"$/],
    ['coin,snapshot height,amount\nBTC,1,1\n', /^line 2: expected the header .*, got the end of the file$/],
    [`${header11}\nBTC,BTC,1,a,1,"m\nBTC,`, 'line 2: expected a closing quote, got the end of the file'],
    ['"', 'line 1: expected a closing quote, got the end of the file'],
  ])('refuses the file %j', (text, expected) => {
    if (typeof expected === 'string') expect(readFault(text)).toBe(expected);
    else expect(readFault(text)).toMatch(expected);
  });
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const filled = fc.string({ minLength: 1, maxLength: 12 });
const anyRow = fc.record({
  coin: filled,
  network: text,
  height: fc.nat().map(String),
  address: text,
  amount: fc.tuple(fc.nat(), fc.nat()).map(([whole, fraction]) => `${whole}.${fraction}`),
  message: text,
  signatures: fc.array(filled, { maxLength: 5 }),
  script: text,
  owners: fc.array(filled, { maxLength: 3 }),
});

function withoutLines(rows: readonly WalletRow[]) {
  return rows.map(({ line: _, type: __, ...row }) => row);
}

describe('the own forms', () => {
  it('read back what they write, as CSV', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => {
        const list = read(writeOwnCsvList(rows));
        expect(list.form).toBe('csv');
        expect(withoutLines(list.rows)).toEqual(rows);
      }),
    );
  });

  it('read back what they write, as JSON, in any layout', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 5 }), fc.boolean(), (rows, isSpread) => {
        const written = writeOwnJsonList(rows);
        const list = read(isSpread ? JSON.stringify(JSON.parse(written), null, 2) : written);
        expect(list.form).toBe('json');
        expect(withoutLines(list.rows)).toEqual(rows);
        if (!isSpread) expect(list.rows.map(({ line }) => line)).toEqual(rows.map((_, i) => i + 2));
      }),
    );
  });

  it('tells the line on which a JSON object begins, whatever is in its strings', () => {
    const wallet = { coin: 'B', network: '', height: '1', address: '{"\\', amount: '1', message: '}', signatures: [] };
    const spread = JSON.stringify({ ...wallet, script: '', owners: [] }, null, 1);
    const list = read(`{"format":"solvent-wallets/1",\n"wallets":[${spread},\n\n${spread}]}`);
    expect(list.rows.map(({ line, address }) => [line, address])).toEqual([
      [2, '{"\\'],
      [14, '{"\\'],
    ]);
  });

  it.each([
    ['{"format":"solvent-wallets/2","wallets":[]}', 'line 1'],
    ['{"format":"solvent-wallets/1","wallets":[\n{"a":1', 'line 2: expected a closing brace, got the end of the file'],
    ['{"format":"solvent-wallets/1","wallets":[\n{},\n7]}', 'line 3: expected an object, got "7]}"'],
    ['{"format":"solvent-wallets/1","wallets":[\n{}\n{}]}', 'line 3: expected a comma or ] after an object'],
    ['{"format":"solvent-wallets/1","wallets":[]\n', 'line 2: expected } after the list, got the end of the file'],
    ['{"format":"solvent-wallets/1","wallets":[]}\n{}', 'line 2: expected the end of the file'],
  ])('refuse the file %j', (file, expected) => {
    expect(readFault(file)).toContain(expected);
  });

  it.each([
    '{}',
    '{"coin":"BTC","network":"","height":"1","address":"","amount":1,"message":"","signatures":[],"script":"","owners":[]}',
    '{"coin":"BTC","network":"","height":"1","address":"","amount":"1","message":"","signatures":[""],"script":"","owners":[]}',
    '{"coin":"BTC","network":"","height":"1","address":"","amount":"1","message":"","signatures":[],"script":"","owners":[],"x":1}',
    '{oops}',
  ])('give the JSON row %s a fault', (item) => {
    const { rows } = read(`{"format":"solvent-wallets/1","wallets":[\n${item}]}`);
    expect(rows).toMatchObject([{ line: 2, fault: { code: 'fields' } }]);
  });

  it.each(['"amount":"5","amount"', '"amou\\u006et":"5","amount"', '"owners":["x"],"amount"', '"owners":[],"amount"'])(
    'give a JSON object with a member that is there twice a fault: %s',
    (members) => {
      const wallet = { coin: 'B', network: '', height: '1', address: '"}', amount: '1', message: '', script: '' };
      const text = writeOwnJsonList([{ ...wallet, signatures: ['"', 's'], owners: [] }]);
      expect(read(text).rows[0].fault).toBeUndefined();
      expect(read(text.replace('"amount"', members)).rows[0].fault?.code).toBe('fields');
    },
  );

  it.each(['a,b', 'BTC,,1,a,1,m,,s2,script', ' BTC,,,a,1,m,s,,script'])('give the CSV row %s a fault', (line) => {
    const { rows } = read(`coin,network,height,address,amount,message,signature1,signature2,script\n${line}\n`);
    expect(rows).toHaveLength(1);
    expect(rows[0].fault).toBeDefined();
  });
});

describe('white space and marks in front', () => {
  const csv = 'coin,network,height,address,amount,message,signature1,script\n';
  const json = '{"format":"solvent-wallets/1","wallets":[]}';
  const decode = (text: string) => decodeWalletList(new TextEncoder().encode(text));

  it.each([csv, json, `${header11}\n`])('are one byte-order mark, as text and as bytes: %j', (list) => {
    for (const reader of [readWalletList, decode]) {
      expect(reader(`\ufeff${list}`)).toEqual(reader(list));
      expect(reader(`\ufeff${list}`).ok).toBe(true);
    }
  });

  it.each([csv, json])('are not two byte-order marks, as text or as bytes: %j', (list) => {
    for (const reader of [readWalletList, decode]) expect(reader(`\ufeff\ufeff${list}`).ok).toBe(false);
  });

  it('are any number of spaces and line ends before a list in JSON', () => {
    expect(read(`${' '.repeat(100)}\r\n\t${json}`).form).toBe('json');
  });

  it.each(['\u{a0}', '\v', '\f', '\u{feff}', '\u{2028}'])(
    'are not %j in JSON, which has no such white space',
    (space) => {
      for (const list of [
        `${space}${space}${json}`,
        json.replace('{', `{${space}`),
        json.replace(':[', `:${space}[`),
      ]) {
        expect(readWalletList(list).ok).toBe(false);
      }
    },
  );
});

describe('any text at all', () => {
  const pieces = [header11, header12, 'coin,snapshot height,amount', '\n', '\r\n', ',', '"', '{', '}', '[', ']', '\\N'];
  const words = [
    'BTC',
    'ETH',
    '1',
    '0.5',
    'null',
    '{"format":"solvent-wallets/1","wallets":[',
    ' ',
    '\ufeff',
    '\ud800',
  ];

  it('is a list or a fault with a line, never an exception', () => {
    const anyText = fc.array(fc.oneof(fc.constantFrom(...pieces, ...words), fc.string()), { maxLength: 40 });
    fc.assert(
      fc.property(anyText, (parts) => {
        const list = readWalletList(parts.join(''));
        if (list.ok) for (const { line } of list.rows) expect(line).toBeGreaterThan(0);
        else expect(list.line).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('is told apart from bytes that are no text', () => {
    const list = decodeWalletList(Uint8Array.of(0xff, 0xfe));
    expect(list).toMatchObject({ ok: false, expected: 'text in UTF-8' });
  });
});

describe('reading takes time linear in the length', () => {
  it.each([
    ['rows', (n: number) => `${header11}\n${'BTC,BTC,1,a,1,m,s,,,,\n'.repeat(n / 20)}`],
    ['quoted rows', (n: number) => `${header11}\n${'BTC,BTC,1,a,1,"m",s,,,,\n'.repeat(n / 22)}`],
    ['quotes', (n: number) => `${header11}\n${'"'.repeat(n)}`],
    ['faulty quotes', (n: number) => `${header11}\n${'"a"b\n'.repeat(n / 5)}`],
    ['spaces', (n: number) => `${header11}\n${' '.repeat(n)}x`],
    ['commas', (n: number) => `${header11}\n${','.repeat(n)}x`],
    ['objects on one line', (n: number) => `{"format":"solvent-wallets/1","wallets":[${'{},'.repeat(n / 3)}`],
    ['open braces', (n: number) => `{"format":"solvent-wallets/1","wallets":[${'{'.repeat(n)}`],
  ])('%s', (_, make) => {
    const short = timeOf(make(30_000));
    const long = timeOf(make(480_000));
    // Sixteen times as long; a quadratic reader would take 256 times.
    expect(long).toBeLessThan(Math.max(5, short) * 80);
  });

  // Milliseconds of processor time, the least of three: other work on the machine must not count.
  function timeOf(list: string): number {
    const times = [1, 2, 3].map(() => {
      const started = process.cpuUsage();
      readWalletList(list);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    });
    return Math.min(...times);
  }
});
