/** Wallets, signatures and balances of the invented exchange for one report, as the files that a report is made from. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import { quantityText } from '@solvent/report-format/fraction';
import type { Network } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import type { TokenMapping } from '@solvent/report-format/report';
import { encodeReserves, type ReservesEntry, sortEntries } from '@solvent/report-format/reserves';
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { type Snapshot, snapshotFormat } from '@solvent/report-format/wallets/snapshot';
import { isBridgedCoin, nativeToken } from '@solvent/reserves-verifier/bridged-coin';
import { writeWholeFile } from '../files/whole-file.js';
import type { OwnRow } from '../wallets/challenge-list.js';
import { signerOf } from '../wallets/signing/signers.js';
import { type ExampleHolding, exampleHoldings } from './example-holdings.js';

/** What is owed of each asset, by symbol. */
export type Owed = ReadonlyMap<string, { readonly units: bigint; readonly decimals: number }>;

/** Which report the wallets sign for. */
export interface ExampleReport {
  readonly exchange: string;
  readonly reportId: string;
  readonly snapshotTime: string;
}

/** Where the files are. */
export interface ExampleWalletFiles {
  readonly wallets: string;
  readonly reserves: string;
  readonly snapshot: string;
  readonly tokens: string;
}

/** Writes `wallets.csv`, `reserves.json`, `snapshot.json` and `tokens.json` into a folder. */
export function writeExampleWallets(folder: string, report: ExampleReport, owed: Owed): ExampleWalletFiles {
  const snapshot = exampleSnapshot(report);
  const held = exampleHoldings.map((holding, i) => hold(holding, i, snapshot, owed));
  const tokens = exampleHoldings.flatMap(mappingOf);
  const time = report.snapshotTime;
  const entries = sortEntries(held.map(({ entry }) => ({ ...entry, time })));
  const files = {
    wallets: writeOwnCsvList(held.map(({ row }) => row)),
    reserves: encodeReserves({ format: 'solvent-reserves/1', entries }),
    snapshot: toJson(snapshot),
    tokens: toJson(tokens),
  };
  const paths = {
    wallets: join(folder, 'wallets.csv'),
    reserves: join(folder, 'reserves.json'),
    snapshot: join(folder, 'snapshot.json'),
    tokens: join(folder, 'tokens.json'),
  };
  for (const name of ['wallets', 'reserves', 'snapshot', 'tokens'] as const) {
    writeWholeFile(paths[name], files[name], 0o644);
  }
  return paths;
}

// Ether on a rollup is a bridge's promise of ether, and counts because the report says so.
function mappingOf({ network: id, token, asset, decimals }: ExampleHolding): TokenMapping[] {
  const network = findNetwork(id)!;
  if (token !== undefined && decimals !== undefined) return [{ network: id, token, asset, decimals }];
  return isBridgedCoin(network) ? [{ network: id, token: nativeToken, asset, decimals: network.nativeDecimals }] : [];
}

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

// Blocks of no chain: heights and hashes that are plainly made up.
function exampleSnapshot({ exchange, reportId }: ExampleReport): Snapshot {
  const ids = [...new Set(exampleHoldings.map(({ network }) => network))];
  const blocks = ids.map((network, i) => {
    return {
      network,
      height: 1_000_000 + i,
      hash: sha256(`solvent example block ${reportId} ${network}`).toString('hex'),
    };
  });
  return { format: snapshotFormat, exchange, reportId, blocks };
}

function hold(holding: ExampleHolding, i: number, snapshot: Snapshot, owed: Owed) {
  const network = findNetwork(holding.network);
  const block = snapshot.blocks.find(({ network: id }) => id === holding.network);
  const asset = owed.get(holding.asset);
  if (network === undefined || block === undefined || asset === undefined) {
    throw new Error(`example wallets: expected network and asset, got ${holding.network} and ${holding.asset}`);
  }
  const decimals = holding.decimals ?? network.nativeDecimals;
  const units = shareOf(asset, holding.share, decimals);
  const secretKey = exampleKey(i);
  const signer = signerOf(network);
  const address = signer.addressOf(secretKey, network);
  const decoded = decode(address, network);
  const { height, hash } = block;
  const message = formatChallenge({
    exchange: snapshot.exchange,
    reportId: snapshot.reportId,
    network: network.id,
    height,
    block: hash,
    address,
  });
  const { signature, publicKey = '' } = signer.sign({ message, address: decoded, network, script: '' }, secretKey);
  const row: OwnRow = {
    coin: holding.asset,
    network: network.id,
    height: String(height),
    address,
    amount: quantityText({ units, decimals }),
    message,
    signatures: [signature],
    script: publicKey,
    owners: [],
  };
  const entry: Omit<ReservesEntry, 'time'> = {
    network: network.id,
    address: decoded.canonical,
    token: holding.token ?? null,
    units: String(units),
    height,
    blockHash: hash,
    at: 'height',
    source: 'made up for the example',
  };
  return { row, entry };
}

/** The share of what is owed in units of the chain, rounded up. */
function shareOf(
  { units, decimals }: { units: bigint; decimals: number },
  share: number,
  chainDecimals: number,
): bigint {
  const numerator = units * BigInt(share) * 10n ** BigInt(chainDecimals);
  const denominator = 10_000n * 10n ** BigInt(decimals);
  return (numerator + denominator - 1n) / denominator;
}

// Anybody can make these keys: they are for the example alone.
function exampleKey(i: number): Uint8Array {
  const secretKey = new Uint8Array(sha256(`solvent example wallet ${i}: never use this key`));
  // The highest bits are cleared, so that the number is below the order of every curve.
  secretKey[0] &= 0x0f;
  return secretKey;
}

function decode(address: string, network: Network) {
  const decoded = familyOf(network).decodeAddress(address, network);
  if (isVerdict(decoded)) throw new Error(`example wallets: ${address} does not decode`);
  return decoded;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
