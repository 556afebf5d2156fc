// Rows of wallet lists verified per second, beside the curve library's own rate in the same run; then on several threads.
//
//     node bench/wallets.js [--rows COUNT] [--lists COUNT,COUNT] [--threads COUNT] [--out FILE]
//
// The library's own rate is that of the one operation on the curve that a row cannot do without: recovering a key where
// rows have none, verifying elsewhere, on inputs that are already decoded. Both by processor time, so that other work on
// the machine does not count. Challenges are signed as wallets do, fixed texts in the form of the lists in use; fixed texts
// in the form of wallets, which is tried second, show what that costs. Threads are measured on lists of challenges of all
// families, by the clock, as whole commands, each in a process of its own that begins cold: the fastest of several. Needs a
// build, and for threads a machine that does nothing else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { makeRehearsal } from '@solvent/cli/wallets/rehearsal';
import { signerOf } from '@solvent/cli/wallets/signing/signers';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import { publishedDigest } from '@solvent/ownership-verifier/schemes/eip191';
import { rawEd25519Bytes } from '@solvent/ownership-verifier/schemes/raw-ed25519';
import { tronDigests } from '@solvent/ownership-verifier/schemes/tron-message';
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '400' },
    lists: { type: 'string', default: '2000,10000' },
    tries: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    out: { type: 'string', default: 'bench/results/wallets.json' },
  },
});
const rowCount = Number(values.rows);
const fixedText = 'I am an OKX address';

/** Secret keys that follow from numbers. */
const secretKey = (/** @type {number} */ i) => sha256(utf8ToBytes(`solvent bench key ${i}`));

let keyCount = 0;
const report = { exchange: 'Example Exchange', reportId: '2026-01' };
const { snapshot } = makeRehearsal(() => secretKey(keyCount++), report);

/** Messages and forms of rows, and the policy that accepts them. */
/** @type {Record<string, { policy: import('@solvent/ownership-verifier/message-policy').MessagePolicy }>} */
const kinds = {
  'challenge, wallet form': { policy: { kind: 'fresh', snapshot } },
  'fixed text, published form': { policy: { kind: 'fixed', text: fixedText } },
  'fixed text, wallet form': { policy: { kind: 'fixed', text: fixedText } },
};

/** Signatures in the form of published lists, where wallets sign in another. */
/** @type {Record<string, (key: Uint8Array) => string>} */
const publishedSigners = {
  ethereum: (key) => signDigest(publishedDigest(fixedText), key),
  tron: (key) => signDigest(publishedTronDigest(fixedText), key),
  solana: (key) => bytesToHex(ed25519.sign(rawEd25519Bytes(fixedText).bytes, key)),
};

/**
 * @param {Uint8Array} digest
 * @param {Uint8Array} key
 */
function signDigest(digest, key) {
  const [recovery, ...rs] = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' });
  return `0x${bytesToHex(Uint8Array.from([...rs, 27 + recovery]))}`;
}

/** @param {string} text */
function publishedTronDigest(text) {
  const published = tronDigests(text).find(({ scheme }) => scheme === 'Tron message v1');
  if (published === undefined) throw new Error('expected the published form of Tron among its digests');
  return published.digest();
}

/**
 * What is needed to sign for a network, and its block of the snapshot.
 * @param {string} id
 */
function knownOf(id) {
  const network = findNetwork(id);
  const signer = network && signerOf(network);
  const block = snapshot.blocks.find((candidate) => candidate.network === id);
  if (!network || !signer || !block) throw new Error(`${id}: expected a network with a signer and a block`);
  return { network, signer, family: familyOf(network), block };
}

/**
 * A signed row of a network with a key of its own.
 * @param {string} id
 * @param {number} i
 * @param {string} kind
 */
function makeRow(id, i, kind) {
  const { network, signer, family, block } = knownOf(id);
  const key = secretKey(i);
  const address = signer.addressOf(key, network);
  const { height, hash } = block;
  const isFixed = kind.startsWith('fixed');
  const message = isFixed ? fixedText : formatChallenge({ ...report, network: id, height, block: hash, address });
  const decoded = family.decodeAddress(address, network);
  if (isVerdict(decoded)) throw new Error(`${id}: ${decoded.detail}`);
  const task = { message, network, address: decoded, script: '' };
  const signed = signer.sign(task, key);
  const signature = kind.endsWith('published form') ? publishedSigners[id](key) : signed.signature;
  const plain = { line: i + 2, coin: network.nativeAsset, network: id, type: '', height: String(height), amount: '1' };
  return { ...plain, owners: [], address, message, signatures: [signature], script: signed.publicKey ?? '' };
}

/** What the library is asked, by what a row asks of it. */
/** @type {Record<string, () => (i: number) => unknown>} */
const operations = {
  recover: () => {
    const digest = keccak_256(utf8ToBytes(fixedText));
    const signed = Array.from({ length: rowCount }, (_, i) =>
      secp256k1.Signature.fromBytes(
        secp256k1.sign(digest, secretKey(i), { prehash: false, format: 'recovered' }),
        'recovered',
      ),
    );
    return (i) => signed[i].recoverPublicKey(digest);
  },
  verify: () => {
    const digest = sha512(utf8ToBytes(fixedText)).subarray(0, 32);
    const signed = Array.from({ length: rowCount }, (_, i) => secp256k1.sign(digest, secretKey(i), { prehash: false }));
    const keys = signed.map((_, i) => secp256k1.getPublicKey(secretKey(i)));
    return (i) => secp256k1.verify(signed[i], digest, keys[i], { prehash: false });
  },
  'verify Ed25519': () => {
    const bytes = utf8ToBytes(fixedText);
    const signed = Array.from({ length: rowCount }, (_, i) => ed25519.sign(bytes, secretKey(i)));
    const keys = signed.map((_, i) => ed25519.getPublicKey(secretKey(i)));
    return (i) => ed25519.verify(signed[i], bytes, keys[i], { zip215: false });
  },
};

const [challenge, published, wallet] = Object.keys(kinds);
/** @type {[network: string, operation: string, kind: string][]} */
const cases = [
  ['bitcoin', 'recover', challenge],
  ['ethereum', 'recover', challenge],
  ['ethereum', 'recover', published],
  ['ethereum', 'recover', wallet],
  ['tron', 'recover', challenge],
  ['tron', 'recover', published],
  ['tron', 'recover', wallet],
  ['xrp-ledger', 'verify', challenge],
  ['solana', 'verify Ed25519', challenge],
  ['solana', 'verify Ed25519', published],
  ['solana', 'verify Ed25519', wallet],
  ['ton', 'verify Ed25519', challenge],
  ['aptos', 'verify Ed25519', challenge],
];

/** Seconds of processor time so far. */
function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * Both rates, from turns of some calls each, so that a machine that slows down slows both.
 * @param {[network: string, operation: string, kind: string]} each
 */
function compare([id, operation, kind]) {
  const rows = Array.from({ length: rowCount }, (_, i) => makeRow(id, i, kind));
  const context = kinds[kind];
  const ask = operations[operation]();
  const seconds = { own: 0, rows: 0 };
  let counted = 0;
  const turn = 25;
  for (let start = 0; start < rowCount; start += turn) {
    const end = Math.min(rowCount, start + turn);
    const begun = processorSeconds();
    for (let i = start; i < end; i++) ask(i);
    const between = processorSeconds();
    for (let i = start; i < end; i++) {
      const { verdict, detail } = verifyWallet(rows[i], context);
      if (verdict !== 'verified') throw new Error(`${id}: ${verdict}: ${detail}`);
    }
    // The first turns bring both to speed and are not counted.
    if (start < rowCount / 4) continue;
    counted += end - start;
    seconds.own += between - begun;
    seconds.rows += processorSeconds() - between;
  }
  return {
    network: id,
    rows: kind,
    operation,
    ownPerSecond: round(counted / seconds.own),
    rowsPerSecond: round(counted / seconds.rows),
    shareOfOwn: round(seconds.own / seconds.rows, 3),
  };
}

const command = fileURLToPath(new URL('../bin/solvent.js', import.meta.resolve('@solvent/cli/main')));
const folder = mkdtempSync(join(tmpdir(), 'solvent-bench-'));

/**
 * Seconds that the command takes for a list, with so many threads.
 * @param {string} path
 * @param {number} threadCount
 */
function timeCommand(path, threadCount) {
  const paths = [path, '--report', join(folder, 'snapshot.json')];
  const started = performance.now();
  // Ends with an error unless all rows are verified.
  execFileSync(process.execPath, [command, 'wallets', 'verify', ...paths, '--threads', String(threadCount)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return (performance.now() - started) / 1000;
}

/**
 * The command's times for a list of so many rows, with one thread and with several, in turns.
 * @param {number} count
 * @param {number} threadCount
 */
function compareThreads(count, threadCount) {
  const ids = snapshot.blocks.map(({ network }) => network);
  const path = join(folder, `${count}.csv`);
  writeFileSync(
    path,
    writeOwnCsvList(Array.from({ length: count }, (_, i) => makeRow(ids[i % ids.length], i, challenge))),
  );
  const seconds = { one: Infinity, several: Infinity };
  for (let i = 0; i < Number(values.tries); i++) {
    seconds.one = Math.min(seconds.one, timeCommand(path, 1));
    seconds.several = Math.min(seconds.several, timeCommand(path, threadCount));
  }
  return {
    rows: count,
    secondsOneThread: round(seconds.one, 2),
    threads: threadCount,
    secondsThreads: round(seconds.several, 2),
    rowsPerSecond: round(count / seconds.several),
    speedup: round(seconds.one / seconds.several, 2),
  };
}

// The first time brings all code to speed and is not counted.
cases.forEach(compare);
const rates = cases.map(compare);
printTable('one core', rates);
try {
  writeFileSync(join(folder, 'snapshot.json'), JSON.stringify(snapshot));
  const threads = values.lists
    .split(',')
    .filter(Boolean)
    .map((count) => compareThreads(Number(count), Number(values.threads)));
  printTable('threads', threads);
  writeResults(values.out, { rates, threads });
} finally {
  rmSync(folder, { recursive: true });
}
