/** Wallets for rehearsals, with keys that nobody should use for anything else. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import type { Network } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import type { TokenMapping } from '@solvent/report-format/report';
import { type Reserves, type ReservesEntry, sortEntries } from '@solvent/report-format/reserves';
import type { Snapshot } from '@solvent/report-format/wallets/snapshot';
import { snapshotFormat } from '@solvent/report-format/wallets/snapshot';
import { isBridgedCoin, nativeToken } from '@solvent/reserves-verifier/bridged-coin';
import type { OwnRow } from './challenge-list.js';
import { keyFileFormat } from './signing/key-file.js';
import { signerOf } from './signing/signers.js';

/** Networks of which the example has a wallet: of each family but validators, who need evidence from the chain. */
const exampleNetworks = [
  'bitcoin',
  'bitcoin-cash',
  'litecoin',
  'dogecoin',
  'ethereum',
  'arbitrum',
  'tron',
  'solana',
  'ton',
  'xrp-ledger',
  'aptos',
];

/** The files of a rehearsal. */
export interface Rehearsal {
  readonly rows: readonly OwnRow[];
  /** A key file. */
  readonly keyFile: string;
  readonly snapshot: Snapshot;
  /** Made-up balances: what the rows say. */
  readonly reserves: Reserves;
  /** What counts as what: coins that are at home on another network. */
  readonly tokens: readonly TokenMapping[];
}

/** Which report is rehearsed. */
export interface RehearsedReport {
  readonly exchange: string;
  readonly reportId: string;
}

/** Makes a wallet on each of these networks, with keys from a source of 32 random bytes. */
export function makeRehearsal(randomKey: () => Uint8Array, report: RehearsedReport): Rehearsal {
  const wallets = exampleNetworks.map((id) => {
    const network = findNetwork(id)!;
    const secretKey = randomKey();
    return { network, address: signerOf(network).addressOf(secretKey, network), secretKey };
  });
  const keys = wallets.map(({ network, address, secretKey }) => {
    return { network: network.id, address, secretKeys: [bytesToHex(secretKey)] };
  });
  const blocks = wallets.map(({ network }, i) => exampleBlock(network, i));
  return {
    rows: wallets.map(({ network, address }) => exampleRow(network, address)),
    keyFile: `${JSON.stringify({ format: keyFileFormat, wallets: keys }, null, 2)}\n`,
    snapshot: { format: snapshotFormat, ...report, blocks },
    tokens: wallets.flatMap(({ network }) => (isBridgedCoin(network) ? [bridgedMapping(network)] : [])),
    reserves: {
      format: 'solvent-reserves/1',
      entries: sortEntries(wallets.map((wallet, i) => exampleEntry(wallet, blocks[i]))),
    },
  };
}

function bridgedMapping({ id, nativeAsset, nativeDecimals }: Network): TokenMapping {
  return { network: id, token: nativeToken, asset: nativeAsset, decimals: nativeDecimals };
}

function exampleEntry(
  { network, address }: { network: Network; address: string },
  { height, hash }: Snapshot['blocks'][number],
): ReservesEntry {
  const decoded = familyOf(network).decodeAddress(address, network);
  if (isVerdict(decoded)) throw new Error(`rehearsal: ${address} does not decode`);
  return {
    network: network.id,
    address: decoded.canonical,
    token: null,
    units: String(15n * 10n ** BigInt(network.nativeDecimals - 1)),
    height,
    blockHash: hash,
    at: 'height',
    source: 'made up for a rehearsal',
    time: '2026-01-31T23:59:59Z',
  };
}

function exampleRow({ nativeAsset, id }: Network, address: string): OwnRow {
  const nothing = { message: '', signatures: [], script: '', owners: [] };
  return { coin: nativeAsset, network: id, height: '0', address, amount: '1.5', ...nothing };
}

// Blocks of no chain: heights and hashes that are plainly made up.
function exampleBlock({ id }: Network, i: number) {
  return { network: id, height: 1_000_000 + i, hash: String(i + 1).padStart(64, '0') };
}
