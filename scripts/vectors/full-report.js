// A whole report for vectors: liabilities of the toy preset, wallets with challenges, balances, signature (spec §14).
import { bytesToHex } from '@solvent/commitment/bytes';
import { associatedTokenAddresses } from '@solvent/ownership-verifier/addresses/solana-address';
import { rawEd25519Bytes } from '@solvent/ownership-verifier/schemes/raw-ed25519';
import { encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { manifestDigest, manifestFileName, proofFileName } from '@solvent/report-format/manifest';
import {
  encodeReport,
  evidenceFileName,
  reportDigest,
  reportFileDigest,
  reportFileName,
  signatureFileName,
  sortReport,
  walletsFileName,
} from '@solvent/report-format/report';
import { encodeReportSignature, signedText } from '@solvent/report-format/report-signature';
import { encodeReserves, reservesFileName, sortEntries } from '@solvent/report-format/reserves';
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { toyPreset } from '@solvent/stark/preset';
import { makeReport } from './make-report.js';
import { readThirdParty } from './ownership/cases.js';
import { edwardsPublicKey, signerOf } from './wallet-messages.js';

/** @typedef {Record<string, Uint8Array>} Folder bytes by path */

/** What is owed: an asset of which nothing is owed among them. */
/** @type {import('./make-report.js').ReportPlan} */
const plan = {
  seed: 'full report',
  preset: toyPreset,
  exchange: 'Example Exchange ☃',
  reportId: '2026-02',
  snapshotTime: '2026-02-28T23:59:59Z',
  previousManifest: '5f'.repeat(32),
  rowCount: 2048,
  assets: ['APT', 'SOL', 'TON', 'USDC'].map((symbol) => ({ symbol, decimals: 8 })),
  accounts: [
    { id: 'alice', segment: 0, balances: { APT: '7500000000', SOL: '19999999999', USDC: '40000000000' } },
    { id: 'bob', segment: 0, balances: { APT: '2500000000', SOL: '1', USDC: '60000000000' } },
  ],
};

const blocks = [
  { network: 'aptos', height: 400000000, hash: `0x${'0a'.repeat(32)}` },
  // No wallet is there: for balances that no node of such a network gives.
  { network: 'ethereum', height: 24000000, hash: `0x${'0e'.repeat(32)}` },
  { network: 'solana', height: 330000000, hash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d' },
  { network: 'ton', height: 50000000, hash: 'iWd5nU3rHR-kzNXBQB3zUJPXNjdX7jz0wAbFf3mJqUM' },
];

const usdc = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v';
const wrappedSol = 'mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So';
const tokens = [
  { network: 'aptos', token: `0x${'ba'.repeat(32)}`, asset: 'USDC', decimals: 18 },
  { network: 'solana', token: usdc, asset: 'USDC', decimals: 6 },
  { network: 'solana', token: wrappedSol, asset: 'SOL', decimals: 9 },
];

/** @param {string} family @param {string} id */
function addressOf(family, id) {
  const found = readThirdParty(family).cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`vectors/third-party/${family}.json: expected ${id}`);
  return found;
}

const account = addressOf('solana', 'raw').address;
/** Where the account's USDC lies, which is listed and has no balance of its own: that would be the same coins. */
export const [tokenAccount] = associatedTokenAddresses(account, usdc);
const derived = addressOf('solana', 'token-account-of-other').address;
const aptos = addressOf('aptos', 'raw');
const ton = addressOf('ton', 'raw-address');

/** Wallets: the same account for two assets, and one that is unproven since a derived address is nobody's key. */
const wallets = [
  { coin: 'SOL', network: 'solana', address: account, seed: 1, script: '' },
  { coin: 'USDC', network: 'solana', address: account, seed: 1, script: '' },
  { coin: 'USDC', network: 'solana', address: tokenAccount, seed: 1, script: account },
  { coin: 'SOL', network: 'solana', address: derived, seed: 1, script: account },
  { coin: 'APT', network: 'aptos', address: aptos.address, seed: 0x11, script: aptos.script ?? '' },
  { coin: 'USDC', network: 'aptos', address: aptos.address, seed: 0x11, script: aptos.script ?? '' },
  { coin: 'TON', network: 'ton', address: ton.address, seed: 1, script: ton.script ?? '' },
];

/** @param {(typeof wallets)[number]} wallet */
function walletRow({ coin, network, address, seed, script }) {
  const block = blocks.find((one) => one.network === network);
  if (block === undefined) throw new Error(`no block of ${network}`);
  const { exchange, reportId } = plan;
  const { height, hash } = block;
  const message = formatChallenge({ exchange, reportId, network, height, block: hash, address });
  const signatures = [signerOf(seed)(rawEd25519Bytes(message).bytes)];
  return { coin, network, height: String(height), address, amount: '0', message, signatures, script, owners: [] };
}

/** @param {string} network @param {string} address @param {string | null} token @param {string} units @param {number} [later] */
function entry(network, address, token, units, later = 0) {
  const block = /** @type {(typeof blocks)[number]} */ (blocks.find((one) => one.network === network));
  const at = later > 0 ? /** @type {const} */ ('tip') : /** @type {const} */ ('height');
  const place =
    later > 0 ? { height: block.height + later, blockHash: 'tip' } : { height: block.height, blockHash: block.hash };
  return { network, address, token, units, ...place, at, source: 'example', time: '2026-03-01T00:10:00Z' };
}

const entries = sortEntries([
  entry('aptos', aptos.address, null, '10500000000'),
  entry('aptos', aptos.address, tokens[0].token, '999999999999999999999'),
  entry('solana', account, null, '100000000000'),
  entry('solana', account, usdc, '50000001'),
  entry('solana', account, wrappedSol, '99999999999'),
  entry('solana', derived, null, '7000000000'),
  entry('ton', ton.address, null, '1', 1000),
]);

/** The key with which the exchange signs its reports. */
export const exchangeKey = edwardsPublicKey(3);

/** @param {Uint8Array} report */
export function signReport(report) {
  const signature = signerOf(3)(signedText(reportDigest(report)));
  return encodeReportSignature({ format: 'solvent-report-signature/1', publicKey: exchangeKey, signature });
}

/** The folder of the report that verifies, with the manifest's digest. */
export function makeFullReport() {
  const { manifestBytes, proofs } = makeReport(plan);
  /** @type {Folder} */
  const bound = {
    [manifestFileName]: manifestBytes,
    ...Object.fromEntries(proofs.map((proof, i) => [proofFileName(i), proof])),
    [walletsFileName]: new TextEncoder().encode(writeOwnCsvList(wallets.map(walletRow))),
    [evidenceFileName]: encodeCanonicalJson({ format: 'solvent-wallet-evidence/1', entries: [] }),
    [reservesFileName]: encodeReserves({ format: 'solvent-reserves/1', entries }),
  };
  const { exchange, reportId, snapshotTime } = plan;
  const report = encodeReport(
    sortReport({
      format: 'solvent-report/1',
      exchange,
      reportId,
      snapshotTime,
      previousReport: '6e'.repeat(32),
      manifest: bytesToHex(manifestDigest(manifestBytes)),
      blocks,
      tokens,
      files: Object.entries(bound).map(([path, bytes]) => ({
        path,
        size: bytes.length,
        digest: bytesToHex(reportFileDigest(bytes)),
      })),
    }),
  );
  return { ...bound, [reportFileName]: report, [signatureFileName]: signReport(report) };
}
