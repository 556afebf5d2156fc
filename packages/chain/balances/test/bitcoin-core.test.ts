import { bitcoinAddress } from '@solvent/ownership-verifier/addresses/bitcoin-address';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import type { BalanceQuery } from '../src/balance.js';
import { outputScript } from '../src/sources/bitcoin-outputs.js';
import { askSource, rpcHandler, serve, sourcesOf } from './support/fake-source.js';

const network = findNetwork('bitcoin')!;
/** Of BIP-173, BIP-350 and the first block's reward. */
const addresses = [
  ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', '76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac'],
  ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 'a914b472a266d0bd89c13706a4132ccfb16f7c3b9fcb87'],
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
  [
    'bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3',
    '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
  ],
  [
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
  ],
] as const;
const [[address, script], [other, otherScript]] = addresses;
const query = (of: string): BalanceQuery => ({ network, address: of, token: null, decimals: 8 });

const hashOf = (height: number) => height.toString(16).padStart(64, '0');
const block = { height: 900_000, hash: hashOf(900_000) };
const output = (vout: number, scriptPubKey: string, amount: number | string, height = 5) => {
  return { txid: 'cd'.repeat(32), vout, scriptPubKey, amount, height, desc: 'raw' };
};
const scan = (unspents: unknown[], total: number | string, change = {}) => {
  return { success: true, height: 900_000, bestblock: hashOf(900_000), unspents, total_amount: total, ...change };
};
const honest = {
  getblockchaininfo: { chain: 'main', blocks: 900_000, headers: 900_000 },
  getblockhash: (height: number) => hashOf(height),
  scantxoutset: scan([output(0, script, 0.1), output(1, script, 0.2), output(2, otherScript, 1e-8)], 0.30000001),
};

/** What a scan of one address says on a network whose coins may have other decimals than Bitcoin's. */
async function askOf(id: string, amount: number) {
  const of = findNetwork(id)!;
  const held = bitcoinAddress('P2PKH', Buffer.alloc(20, 7), of as BitcoinNetwork).canonical;
  const outputs = scan([output(0, outputScript(held, of as BitcoinNetwork), amount)], amount);
  const { url } = await serve(rpcHandler({ ...honest, scantxoutset: outputs }));
  const asked = { network: of, address: held, token: null, decimals: of.nativeDecimals };
  return askSource(sourcesOf(id, [{ kind: 'bitcoin-core', url }]), { queries: [asked], block });
}

async function askWith(results: Record<string, unknown>, raw = '') {
  const answer = rpcHandler({ ...honest, ...results });
  const { url } = await serve((asked, response) => {
    const { id, method } = JSON.parse(asked.body);
    // A number with more digits than a double has, which no test can write but as text.
    if (raw !== '' && method === 'scantxoutset') response.end(`{"id":${id},"error":null,"result":${raw}}`);
    else answer(asked, response);
  });
  const sources = sourcesOf('bitcoin', [{ kind: 'bitcoin-core', url }]);
  return askSource(sources, { queries: [query(address), query(other)], block });
}

describe('output scripts', () => {
  test.each(addresses)('%s', (text, expected) => {
    expect(outputScript(text, network as never)).toBe(expected);
  });
});

describe('a node of Bitcoin’s family', () => {
  test('says what is there at the snapshot, if that is its newest block', async () => {
    const balances = await askWith({});
    expect(balances.map(({ units }) => units)).toEqual([30_000_000n, 1n]);
    expect(balances[0]).toMatchObject({ at: 'height', height: 900_000, blockHash: block.hash });
  });

  test('says of a later block which one it is', async () => {
    const later = { ...honest.scantxoutset, height: 900_001, bestblock: hashOf(900_001) };
    const [balance] = await askWith({ scantxoutset: later });
    expect(balance).toMatchObject({ at: 'tip', height: 900_001, blockHash: hashOf(900_001) });
  });

  test('has amounts that no double can hold', async () => {
    const { txid } = output(0, '', 0);
    const one = `{"txid":"${txid}","vout":0,"scriptPubKey":"${script}","amount":131000000000.00000001,"height":1}`;
    const head = `{"success":true,"height":900000,"bestblock":"${block.hash}","unspents":[${one}]`;
    const [balance] = await askWith({}, `${head},"total_amount":131000000000.00000001}`);
    expect(balance.units).toBe(13_100_000_000_000_000_001n);
    await expect(askWith({}, `${head},"total_amount":131000000000.00000002}`)).rejects.toThrow('the outputs add up to');
  });

  test.each<[string, number, bigint]>([
    ['litecoin', 1.5, 150_000_000n],
    ['peercoin', 1.5, 1_500_000n],
    ['ecash', 1.5, 150n],
  ])('has amounts in coins of %s, which have decimals of their own', async (id, amount, units) => {
    expect(await askOf(id, amount)).toMatchObject([{ units }]);
    const { nativeDecimals } = findNetwork(id)!;
    await expect(askOf(id, 10 ** -(nativeDecimals + 1))).rejects.toThrow(`at most ${nativeDecimals} decimals`);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['another chain', { getblockchaininfo: { chain: 'test', blocks: 1 } }, 'expected the chain main, got "test"'],
    ['another block', { getblockhash: hashOf(1) }, `expected block 900000 to be ${block.hash}`],
    [
      'an old tip',
      { scantxoutset: scan([], 0, { height: 899_999, bestblock: hashOf(899_999) }) },
      'of at least 900000',
    ],
    ['a tip of another chain', { scantxoutset: scan([], 0, { bestblock: hashOf(1) }) }, 'expected block 900000 to be'],
    ['one output twice', { scantxoutset: scan([output(0, script, 1), output(0, script, 1)], 2) }, 'is there twice'],
    ['an output of nobody', { scantxoutset: scan([output(0, '51', 1)], 1) }, 'a script that was not asked for'],
    ['an output of the future', { scantxoutset: scan([output(0, script, 1, 900_001)], 1) }, 'after the tip'],
    ['another total', { scantxoutset: scan([output(0, script, 1)], 2) }, 'add up to 100000000 units'],
    ['a negative amount', { scantxoutset: scan([output(0, script, -1)], -1) }, 'unspents.0.amount'],
    ['a negative fraction', { scantxoutset: scan([output(0, script, '-0.1')], 0) }, 'expected an amount of at least 0'],
    ['nine decimals', { scantxoutset: scan([output(0, script, '0.123456789')], 1) }, 'with at most 8 decimals'],
    [
      'more than any chain has',
      { scantxoutset: scan([output(0, script, '9'.repeat(40))], '9'.repeat(40)) },
      'expected less than 10^40 units',
    ],
    ['an aborted scan', { scantxoutset: scan([], 0, { success: false }) }, 'expected true'],
    ['no scan at all', { scantxoutset: undefined }, 'scantxoutset for 2 addresses: the node says "no such method"'],
  ])('is not believed with %s', async (_, results, message) => {
    await expect(askWith(results)).rejects.toThrow(message);
  });

  test('that scans for somebody else is asked again', async () => {
    let count = 0;
    const busy = () => (++count < 3 ? new Error('Scan already in progress, use action "abort"') : honest.scantxoutset);
    expect(await askWith({ scantxoutset: busy })).toHaveLength(2);
    expect(count).toBe(3);
  });
});
