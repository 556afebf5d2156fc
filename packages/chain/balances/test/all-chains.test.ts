/** From a wallet list with rows of every network that has a fixture to reserves that the verifier counts. */
import { networks } from '@solvent/report-format/networks/networks';
import { encodeReserves } from '@solvent/report-format/reserves';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { networkIdsOf } from '@solvent/report-format/wallets/resolve-coin';
import { isBridgedCoin, nativeToken } from '@solvent/reserves-verifier/bridged-coin';
import { type JudgedWallet, verifyReserves } from '@solvent/reserves-verifier/verify-reserves';
import { expect, test } from 'vitest';
import { findTokenFault } from '../src/check-tokens.js';
import { planQueries } from '../src/plan-queries.js';
import { readBalances } from '../src/read-balances.js';
import { recheckReserves } from '../src/recheck-reserves.js';
import { fakeWorld, serve, sourcesOf } from './support/fake-source.js';
import { answering, type Fixture, fixtures } from './support/fixture.js';

/** One fixture of each network, without those of histories. */
const ones = fixtures.filter(({ options }) => options === undefined);

interface Row extends Pick<JudgedWallet, 'network' | 'asset' | 'address'> {
  readonly token: string | null;
  readonly decimals: number;
  readonly units: bigint;
  readonly isTip: boolean;
}

/** The balances of a fixture as rows of a list; a token counts as USDT where the table has it there. */
function rowsOf({ network: id, balances }: Fixture): Row[] {
  const network = networks.find((one) => one.id === id)!;
  return balances.flatMap(({ address, token, decimals, units, tip }) => {
    const asset = token === null ? network.nativeAsset : 'USDT';
    const isOne = token === null || (networkIdsOf('USDT').includes(id) && decimals === 6);
    const row = { network: id, asset, address, token, decimals, units: BigInt(units), isTip: tip !== undefined };
    return isOne ? [row] : [];
  });
}

const rows = ones.flatMap(rowsOf);
const tokens = [
  ...new Map(
    rows.flatMap(({ network, token, asset, decimals }) =>
      token === null ? [] : [[`${network} ${token}`, { network, token, asset, decimals }] as const],
    ),
  ).values(),
  // The own asset of a network where it is not at home counts by the report's word alone.
  ...networks
    .filter((network) => isBridgedCoin(network) && ones.some((one) => one.network === network.id))
    .map(({ id, nativeAsset, nativeDecimals }) => {
      return { network: id, token: nativeToken, asset: nativeAsset, decimals: nativeDecimals };
    }),
];
const blocks = ones.map(({ network, block }) => ({ network, ...block }));

test('every balance of a list over all networks is asked for, counted by the verifier, and found again', async () => {
  expect(findTokenFault(tokens)).toBeUndefined();
  const lines = rows.map(({ network, asset, address }) => `${asset},${network},1,${address},0,,,`);
  const list = readWalletList(
    `coin,network,height,address,amount,message,signature1,script\n${[...new Set(lines)].join('\n')}\n`,
  );
  if (!list.ok) throw new Error(list.expected);
  const known = new Set(ones.map(({ network }) => network));
  const { queries, leftOut } = planQueries(list.rows, { tokens, blocks: known, sources: known });
  expect(leftOut).toEqual([]);
  expect(queries.length).toBe(rows.length);
  // Whatever else a fixture answers, only what the list asks for is asked.
  const sources = await Promise.all(
    ones.map(async ({ network, kind, exchanges }) => {
      const { url } = await serve(answering(exchanges).handler);
      return sourcesOf(network, [{ kind, url }]);
    }),
  );
  const signal = new AbortController().signal;
  const request = { queries, blocks, sources, kept: new Map(), signal, world: fakeWorld() };
  const entries = await readBalances(request);
  expect(entries.length).toBe(rows.length);

  const bytes = encodeReserves({ format: 'solvent-reserves/1', entries });
  const wallets = rows.map((row, line): JudgedWallet => ({ ...row, line, verdict: 'verified' }));
  const verdict = verifyReserves(bytes, { blocks, tokens: [...tokens].sort(byKey) }, wallets);
  if (!verdict.ok) throw new Error(`${verdict.step} ${verdict.code}: ${verdict.detail}`);
  const parts = verdict.assets.flatMap(({ parts: of }) => of);
  for (const { network, token, total } of parts) {
    const sum = rows.reduce((all, row) => (row.network === network && row.token === token ? all + row.units : all), 0n);
    expect([network, token, total.units]).toEqual([network, token, sum]);
  }
  const tipNetworks = new Set(rows.filter(({ isTip }) => isTip).map(({ network }) => network));
  expect(new Set(verdict.tips.map(({ network }) => network))).toEqual(tipNetworks);
  expect([...tipNetworks].sort()).toEqual(['solana', 'stellar', 'tron']);
  expect(verdict.assets.reduce((sum, { tipCount }) => sum + tipCount, 0)).toBe(rows.filter((row) => row.isTip).length);

  // Balances of a later block cannot be asked for again; all others are the same.
  const again = await recheckReserves({ entries, tokens, sources, signal, world: fakeWorld() });
  expect(again.differences).toEqual([]);
  // Of those of a later block the fixtures answer for the first reading alone.
  const unchecked = again.unchecked.flatMap(({ entries: of }) => of);
  expect(new Set(unchecked.map(({ network, at }) => `${network} ${at}`))).toEqual(new Set(['solana tip', 'tron tip']));
  expect(again.sameCount + unchecked.length).toBe(rows.length);
});

function byKey(a: { network: string; token: string }, b: { network: string; token: string }): number {
  return `${a.network} ${a.token}` < `${b.network} ${b.token}` ? -1 : 1;
}
