/** The whole ceremony of wallets: challenges, signatures, verification, and what each changed field is caught by. */
import { readFileSync } from 'node:fs';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { bitcoinAddress } from '@solvent/ownership-verifier/addresses/bitcoin-address';
import { bitcoinNetworks } from '@solvent/report-format/networks/bitcoin-networks';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { writeOwnJsonList } from '@solvent/report-format/wallets/own-json-list';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { beforeAll, describe, expect, it } from 'vitest';
import { taprootAddressOf } from '../src/wallets/signing/bitcoin-signer.js';
import { signerOf } from '../src/wallets/signing/signers.js';
import { useTemporaryFolder, write } from './support/folder.js';
import { run, runWell } from './support/run.js';
import { testKey, writeRehearsal } from './support/wallets.js';

useTemporaryFolder();

const bitcoin = bitcoinNetworks[0];
const report = ['--report', 'r/snapshot.json'];

function readRows(path: string): readonly WalletRow[] {
  const list = readWalletList(readFileSync(path, 'utf8'));
  if (!list.ok) throw new Error(list.expected);
  return list.rows;
}

interface JsonRow {
  readonly line: number;
  readonly coin: string;
  readonly network: string;
  readonly address: string;
  readonly verdict: string;
  readonly step: string;
  readonly code: string;
}

async function verify(path: string, ...options: string[]) {
  const { exitCode, stdout } = await run(['wallets', 'verify', path, '--json', ...options]);
  const { rows, ...rest } = JSON.parse(stdout) as { rows: JsonRow[]; ok: boolean };
  return { exitCode, rows, ...rest };
}

const said = ({ verdict, step, code }: JsonRow) => `${verdict} ${step} ${code}`;

/** A 2-of-3 script of keys a, b and c. */
function multisigScript(): Uint8Array {
  const keys = ['a', 'b', 'c'].map((name) => secp256k1.getPublicKey(testKey(name)));
  return concatBytes(
    Uint8Array.of(0x52),
    ...keys.flatMap((key) => [Uint8Array.of(33), key]),
    Uint8Array.of(0x53, 0xae),
  );
}

beforeAll(async () => {
  writeRehearsal('r');
  const rows = readRows('r/wallets.csv');
  const script = multisigScript();
  const multisig = bitcoinAddress('P2WSH', sha256(script), bitcoin).canonical;
  const taproot = taprootAddressOf(testKey('taproot'), bitcoin);
  const plain = { coin: 'BTC', network: 'bitcoin', height: '0', amount: '2', message: '', signatures: [], owners: [] };
  write(
    'r/wallets.csv',
    writeOwnCsvList([
      ...rows,
      { ...plain, address: multisig, script: bytesToHex(script) },
      { ...plain, address: taproot, script: '' },
    ]),
  );
  const keys = JSON.parse(readFileSync('r/keys.json', 'utf8'));
  const secretKeys = (...names: string[]) => names.map((name) => bytesToHex(testKey(name)));
  keys.wallets.push({ network: 'bitcoin', address: multisig, secretKeys: secretKeys('c', 'a') });
  keys.wallets.push({ network: 'bitcoin', address: taproot, secretKeys: secretKeys('taproot') });
  write('r/keys.json', JSON.stringify(keys));
  await runWell(['wallets', 'challenge', 'r/wallets.csv', ...report, '--out', 'challenges.csv', '--messages', 'm']);
  await runWell(['wallets', 'sign', 'challenges.csv', '--keys', 'r/keys.json', '--out', 'signed.csv']);
});

describe('a ceremony', () => {
  it('gives a list of every family that is verified', async () => {
    const { exitCode, rows, ok } = await verify('signed.csv', ...report);
    expect(rows.map(said)).toEqual(rows.map(() => 'verified W7 address-proven'));
    expect([exitCode, ok, rows.length]).toEqual([0, true, 13]);
    const families = new Set(rows.map(({ network }) => findNetwork(network)!.family));
    expect([...families].sort()).toEqual(['aptos', 'bitcoin', 'evm', 'solana', 'ton', 'tron', 'xrp']);
  });

  it('gives the same for the list as JSON', async () => {
    write('signed.json', writeOwnJsonList(readRows('signed.csv')));
    const { exitCode, rows } = await verify('signed.json', ...report);
    expect([exitCode, rows.length]).toEqual([0, 13]);
  });

  it('works by files: messages out, signatures in', async () => {
    const signed = readRows('signed.csv');
    for (const [i, { message, signatures }] of signed.entries()) {
      const name = `m/row-${String(i + 1).padStart(7, '0')}`;
      expect(readFileSync(`${name}.message`, 'utf8')).toBe(message);
      write(`${name}.signatures`, `${signatures.join('\r\n')}\n`);
    }
    // Keys that some families have in the column of scripts are the list's own.
    write('with-keys.csv', writeOwnCsvList(signed.map((row) => ({ ...row, signatures: [] }))));
    const stdout = await runWell(['wallets', 'sign', 'with-keys.csv', '--signatures', 'm', '--out', 'by-files.csv']);
    expect(stdout).toBe('13 rows signed, in "by-files.csv"\n');
    expect(readFileSync('by-files.csv', 'utf8')).toBe(readFileSync('signed.csv', 'utf8'));
  });

  it('signs as validators do, which alone proves no withdrawals', async () => {
    const network = findNetwork('ethereum-validators')!;
    const secretKey = testKey('validator').fill(0, 0, 1);
    const address = signerOf(network).addressOf(secretKey, network);
    const row = { coin: 'ETH', network: network.id, height: '1', address, amount: '32', message: 'm', script: '' };
    write('validator.csv', writeOwnCsvList([{ ...row, signatures: [], owners: [] }]));
    const entry = { network: network.id, address, secretKeys: [bytesToHex(secretKey)] };
    write('validator-keys.json', JSON.stringify({ format: 'solvent-wallet-keys/1', wallets: [entry] }));
    await runWell([
      'wallets',
      'sign',
      'validator.csv',
      '--keys',
      'validator-keys.json',
      '--out',
      'validator-signed.csv',
    ]);
    const { exitCode, rows } = await verify('validator-signed.csv');
    expect([exitCode, ...rows.map(said)]).toEqual([1, 'unproven W7 withdrawal-unproven']);
  });

  it('writes nothing with a wrong key, and never prints one', async () => {
    const keys = JSON.parse(readFileSync('r/keys.json', 'utf8'));
    const wrong = bytesToHex(testKey('wrong'));
    keys.wallets[0].secretKeys = [wrong];
    write('wrong.json', JSON.stringify(keys));
    const { exitCode, stderr } = await run([
      'wallets',
      'sign',
      'challenges.csv',
      '--keys',
      'wrong.json',
      '--out',
      'w.csv',
    ]);
    expect([exitCode, stderr.includes('the signature does not verify: W7, address-mismatch')]).toEqual([1, true]);
    expect(stderr).not.toContain(wrong);
    expect(() => readFileSync('w.csv')).toThrow();
  });

  it.each([
    ['0'.repeat(64), 'expected a secret key that can sign'],
    ['ff'.repeat(32), 'expected a secret key that can sign'],
    ['12', 'expected texts of 64'],
    ['SECRETWORDS', 'expected texts of 64'],
  ])('refuses the key %s without quoting it', async (key, expected) => {
    const wallets = [{ network: 'bitcoin', address: readRows('challenges.csv')[0].address, secretKeys: [key] }];
    write('bad.json', JSON.stringify({ format: 'solvent-wallet-keys/1', wallets }));
    const { exitCode, stderr } = await run([
      'wallets',
      'sign',
      'challenges.csv',
      '--keys',
      'bad.json',
      '--out',
      'w.csv',
    ]);
    expect([exitCode, stderr.includes(expected), stderr.includes(key)]).toEqual([2, true, false]);
  });

  it.each(['{', '[]', '"SECRETWORDS"', '{"format":"solvent-wallet-keys/1"}'])('refuses %s as keys', async (text) => {
    write('bad.json', text);
    const { exitCode, stderr } = await run([
      'wallets',
      'sign',
      'challenges.csv',
      '--keys',
      'bad.json',
      '--out',
      'w.csv',
    ]);
    expect([exitCode, stderr.includes('SECRETWORDS')]).toEqual([2, false]);
  });
});

describe('a changed field', () => {
  async function verdictsWith(change: (row: WalletRow) => Partial<WalletRow>): Promise<string[]> {
    const rows = readRows('signed.csv').map((row) => ({ ...row, ...change(row) }));
    write('changed.csv', writeOwnCsvList(rows));
    const { exitCode, rows: verdicts } = await verify('changed.csv', ...report);
    expect(exitCode).toBe(1);
    return [...new Set(verdicts.map(said))];
  }

  it.each<[string, (row: WalletRow) => Partial<WalletRow>, RegExp]>([
    ['amount', () => ({ amount: '-1' }), /^failed W1 amount$/],
    ['height', () => ({ height: 'x' }), /^failed W1 height$/],
    ['coin', () => ({ coin: 'NOSUCH' }), /^unsupported W2 coin$/],
    ['coin of another network', () => ({ coin: 'ZEC' }), /^failed W2 coin-network$/],
    ['network', () => ({ network: 'nowhere' }), /^unsupported W2 network$/],
    ['address', ({ address }) => ({ address: `${address}x` }), /^failed W3 address(-checksum|-network)?$/],
    [
      'message',
      ({ message }) => ({ message: message.replace('"2026-01"', '"2026-02"') }),
      /^failed W4 message-report$/,
    ],
    ['height of another block', () => ({ height: '7' }), /^failed W4 message-block$/],
    ['fixed message', () => ({ message: 'I am an OKX address' }), /^failed W4 message-format$/],
    ['no signature', () => ({ signatures: [] }), /^failed W5 signature-missing$/],
    [
      'signature',
      ({ signatures }) => ({ signatures: signatures.map((text) => text.slice(0, -2)) }),
      /^(failed|unsupported) W5 /,
    ],
  ])('%s is caught at its step in every family', async (_, change, expected) => {
    for (const verdict of await verdictsWith(change)) expect(verdict).toMatch(expected);
  });

  it('a signature by another key is caught in every family', async () => {
    const singles = readRows('signed.csv').slice(0, 11);
    const stolen = singles.map((row) => {
      const network = findNetwork(row.network)!;
      const address = { kind: 'P2PKH', hash: new Uint8Array(20), canonical: '' };
      const task = { message: row.message, network, address, script: '' };
      const { signature, publicKey } = signerOf(network).sign(task, testKey('thief'));
      return { ...row, signatures: [signature], script: publicKey ?? row.script };
    });
    write('stolen.csv', writeOwnCsvList(stolen));
    const { rows: verdicts } = await verify('stolen.csv', ...report);
    for (const verdict of verdicts) {
      // On Solana the address is the key, so that the signature itself is found to be wrong.
      const expected = verdict.network === 'solana' ? 'failed W6 signature' : 'failed W7 address-mismatch';
      expect(said(verdict), verdict.network).toBe(expected);
    }
  });

  it('one signature twice does not make two of three', async () => {
    const rows = readRows('signed.csv');
    const multisig = rows[11];
    const twice = { ...multisig, signatures: [multisig.signatures[0], multisig.signatures[0]] };
    const one = { ...multisig, signatures: [multisig.signatures[0]] };
    const swapped = { ...multisig, signatures: [...multisig.signatures].reverse() };
    write('multisig.csv', writeOwnCsvList([twice, one, swapped]));
    const { rows: verdicts } = await verify('multisig.csv', ...report);
    expect(verdicts.map(said)).toEqual(['failed W6 repeated-key', 'failed W6 threshold', 'verified W7 address-proven']);
  });
});

describe('the command', () => {
  it('reads a published list, with the fixed message that most rows have', async () => {
    const header =
      'coin,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/ public key, eoa1, eoa2';
    const network = findNetwork('ethereum')!;
    const line = (name: string, message: string, coin = 'ETH') => {
      const address = signerOf(network).addressOf(testKey(name), network);
      const task = { message, network, address: { kind: '', canonical: '' }, script: '' };
      const { signature } = signerOf(network).sign(task, testKey(name));
      return `${coin},ETH,1,${address},1.5,${message},${signature},null,\\N,,`;
    };
    const lines = [line('x', 'I am new'), line('y', 'I am old'), line('z', 'I am old', 'USDT-ERC20')];
    write(
      'published.csv',
      `coin,snapshot height,amount\r\nETH(ALL),-, 3\r\n\r\n${[header, ...lines].join('\r\n')}\r\n`,
    );
    const { exitCode, rows, ...rest } = await verify('published.csv');
    expect(exitCode).toBe(1);
    expect(rows.map((row) => [row.line, said(row)])).toEqual([
      [5, 'failed W4 message-text'],
      [6, 'verified W7 address-proven'],
      [7, 'verified W7 address-proven'],
    ]);
    expect(rest).toMatchObject({
      form: 'published',
      messagePolicy: { kind: 'fixed', text: 'I am old' },
      summary: [{ line: 2, stated: '3', verified: '1.5', difference: '-1.5' }],
    });
    expect((await verify('published.csv', '--message', 'I am new')).rows.map(said)).toEqual([
      'verified W7 address-proven',
      'failed W4 message-text',
      'failed W4 message-text',
    ]);
  });

  it('tells what each row is about', async () => {
    const [row] = (await verify('signed.csv', ...report)).rows;
    const [{ line, coin, network, address }] = readRows('signed.csv');
    expect(row).toMatchObject({ line, coin, network, address, verdict: 'verified' });
  });

  it.each([
    [['nowhere.csv'], 'nowhere.csv: expected a readable file'],
    [['r/snapshot.json'], 'r/snapshot.json, line 1: expected'],
    [['signed.csv', '--message-policy', 'fresh'], '--report: expected'],
    [['signed.csv', '--message-policy', 'fresh', ...report, '--message', 'x'], '--message: expected none'],
    [['signed.csv', '--message-policy', 'stale'], 'message-policy'],
    [['signed.csv', '--threads', '0'], 'Expected a number from 1 to 999'],
    [['signed.csv', '--report', 'signed.csv'], 'signed.csv: expected a snapshot'],
    [['signed.csv', '--evidence', 'r/snapshot.json'], 'r/snapshot.json: expected evidence'],
  ])('ends with 2 for %j', async (args, expected) => {
    const { exitCode, stderr } = await run(['wallets', 'verify', ...args]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  it('ends with 1 for a list without rows', async () => {
    write('empty.csv', 'coin,network,height,address,amount,message,signature1,script\n');
    expect((await verify('empty.csv')).exitCode).toBe(1);
  });
});
