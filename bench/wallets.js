// Rows of wallet lists verified per second, beside the curve library's own rate in the same run; then on several threads.
//
//     node bench/wallets.js [--rows COUNT] [--threads COUNT] [--out FILE]
//
// The library's own rate is that of the one operation on the curve that a row cannot do without: recovering a key where
// rows have none, verifying elsewhere, on inputs that are already decoded. Rates of one core are by processor time, so that
// other work on the machine does not count; those of threads are by the clock. Published rows are signed in the form of
// the lists in use, the others as wallets do, in a form that is tried after that one. Needs a build.
import { parseArgs } from 'node:util';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { makeRehearsal } from '@solvent/cli/wallets/rehearsal';
import { signerOf } from '@solvent/cli/wallets/signing/signers';
import { verifyRowsInWorkers } from '@solvent/cli/wallets/verify-rows-in-workers';
import { familyOf } from '@solvent/ownership-verifier/families';
import { publishedDigest } from '@solvent/ownership-verifier/schemes/eip191';
import { rawEd25519Bytes } from '@solvent/ownership-verifier/schemes/raw-ed25519';
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '400' },
    threads: { type: 'string', default: '2' },
    out: { type: 'string', default: 'bench/results/wallets.json' },
  },
});
const rowCount = Number(values.rows);
const message = 'I am an OKX address';
const context = { policy: { kind: 'fixed', text: message } };

/** Secret keys that follow from numbers. */
const secretKey = (/** @type {number} */ i) => sha256(utf8ToBytes(`solvent bench key ${i}`));

/** Signatures in the form of published lists, where wallets sign in another. */
const publishedSigners = {
  ethereum: (key) => {
    const [recovery, ...rs] = secp256k1.sign(publishedDigest(message), key, { prehash: false, format: 'recovered' });
    return `0x${bytesToHex(Uint8Array.from([...rs, 27 + recovery]))}`;
  },
  solana: (key) => bytesToHex(ed25519.sign(rawEd25519Bytes(message).bytes, key)),
};

/** Signed rows of one network, each with a key of its own. */
function makeRows(id, count, form = 'wallet') {
  const network = findNetwork(id);
  const signer = signerOf(network);
  return Array.from({ length: count }, (_, i) => {
    const address = signer.addressOf(secretKey(i), network);
    const task = { message, network, address: familyOf(network).decodeAddress(address, network), script: '' };
    const signed = signer.sign(task, secretKey(i));
    const signature = form === 'published' ? publishedSigners[id](secretKey(i)) : signed.signature;
    const plain = {
      line: i + 2,
      coin: network.nativeAsset,
      network: id,
      type: '',
      height: '1',
      amount: '1',
      owners: [],
    };
    return { ...plain, address, message, signatures: [signature], script: signed.publicKey ?? '' };
  });
}

/** What the library is asked, by what a row asks of it. */
const operations = {
  recover: () => {
    const digest = keccak_256(utf8ToBytes(message));
    const signed = Array.from({ length: rowCount }, (_, i) =>
      secp256k1.Signature.fromBytes(
        secp256k1.sign(digest, secretKey(i), { prehash: false, format: 'recovered' }),
        'recovered',
      ),
    );
    return (i) => signed[i].recoverPublicKey(digest);
  },
  verify: () => {
    const digest = sha512(utf8ToBytes(message)).subarray(0, 32);
    const signed = Array.from({ length: rowCount }, (_, i) => secp256k1.sign(digest, secretKey(i), { prehash: false }));
    const keys = signed.map((_, i) => secp256k1.getPublicKey(secretKey(i)));
    return (i) => secp256k1.verify(signed[i], digest, keys[i], { prehash: false });
  },
  'verify Ed25519': () => {
    const bytes = utf8ToBytes(message);
    const signed = Array.from({ length: rowCount }, (_, i) => ed25519.sign(bytes, secretKey(i)));
    const keys = signed.map((_, i) => ed25519.getPublicKey(secretKey(i)));
    return (i) => ed25519.verify(signed[i], bytes, keys[i], { zip215: false });
  },
};

const cases = [
  ['bitcoin', 'recover'],
  ['ethereum', 'recover', 'published'],
  ['ethereum', 'recover'],
  ['tron', 'recover'],
  ['xrp-ledger', 'verify'],
  ['solana', 'verify Ed25519', 'published'],
  ['solana', 'verify Ed25519'],
  ['ton', 'verify Ed25519'],
  ['aptos', 'verify Ed25519'],
];

/** Seconds of processor time so far. */
function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Both rates, from turns of a few calls each, so that a machine that slows down slows both. */
function compare(id, operation, form = 'wallet') {
  const rows = makeRows(id, rowCount, form);
  const ask = operations[operation]();
  const seconds = { own: 0, rows: 0 };
  let counted = 0;
  const turn = 5;
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
    form,
    operation,
    ownPerSecond: round(counted / seconds.own),
    rowsPerSecond: round(counted / seconds.rows),
    shareOfOwn: round(seconds.own / seconds.rows, 3),
  };
}

/** Rows per second of a list of all example networks, with so many threads. */
async function rateWithThreads(threadCount) {
  let i = 0;
  const networks = makeRehearsal(() => secretKey(i++), { exchange: 'Example Exchange', reportId: '2026-01' }).rows.map(
    ({ network }) => network,
  );
  const rows = networks.flatMap((id) => makeRows(id, rowCount));
  const started = performance.now();
  const verdicts = await verifyRowsInWorkers(
    rows,
    { ...context, evidence: [], trustedBlocks: [] },
    threadCount,
    () => {},
  );
  const seconds = (performance.now() - started) / 1000;
  if (verdicts.some(({ verdict }) => verdict !== 'verified')) throw new Error('expected all rows verified');
  return {
    rows: rows.length,
    threads: threadCount,
    seconds: round(seconds),
    rowsPerSecond: round(rows.length / seconds),
  };
}

const rates = cases.map(([id, operation, form]) => compare(id, operation, form));
printTable('one core', rates);
const one = await rateWithThreads(1);
const several = await rateWithThreads(Number(values.threads));
const threads = [one, { ...several, speedup: round(several.rowsPerSecond / one.rowsPerSecond, 2) }];
printTable('threads', threads);
writeResults(values.out, { rates, threads });
