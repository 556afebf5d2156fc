// What a real node signs verifies, and where a node refuses a signature so does the verifier.
import { createHash } from 'node:crypto';
import { decodeBitcoinAddress } from '@solvent/ownership-verifier/addresses/bitcoin-address';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { bitcoinFamily } from '@solvent/ownership-verifier/families/bitcoin';
import { lockingScripts } from '@solvent/ownership-verifier/schemes/bitcoin-script';
import { toSpendId } from '@solvent/ownership-verifier/schemes/bitcoin-transaction';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { expect, type TestContext, test } from 'vitest';
import { startLitecoind } from '../support/litecoind.js';
import type { CallNode } from '../support/local-process.js';
import { requirePart } from '../support/system-parts.js';

const litecoin = findNetwork('LTC');
if (litecoin?.family !== 'bitcoin') throw new Error("LTC: expected a network of Bitcoin's family");
/** The node's own chain: Litecoin's rules under other prefixes. */
const regtest = { ...litecoin, p2pkh: [[0x6f]], p2sh: [[0x3a], [0xc4]], segwitPrefix: 'rltc' };

const message = 'Exchange, report 7: 100 €';
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

async function withNode(context: TestContext, use: (call: CallNode) => Promise<void>): Promise<void> {
  const node = await startLitecoind(requirePart('litecoind', context));
  try {
    await use(await node.createWallet('test'));
  } finally {
    await node.stop();
  }
}

function decoded(text: string) {
  const address = decodeBitcoinAddress(text, regtest);
  if (isVerdict(address)) throw new Error(`${text}: ${address.detail}`);
  return address;
}

function verdictOf(text: string, signature: string, signed = message) {
  const claim = { address: text, message: signed, signatures: [signature], script: '', owners: [] };
  return bitcoinFamily.verify(claim, decoded(text), regtest);
}

/** The same signature with s on the other half of the order, which a node takes in messages. */
function otherHalf(signature: string): string {
  const bytes = Buffer.from(signature, 'base64');
  const s = order - BigInt(`0x${bytes.toString('hex', 33)}`);
  bytes.write(s.toString(16).padStart(64, '0'), 33, 'hex');
  bytes[0] = ((bytes[0] - 27) ^ 1) + 27;
  return bytes.toString('base64');
}

test('signed messages: node and verifier agree', (context) =>
  withNode(context, async (call) => {
    for (const text of ['', 'x'.repeat(252), 'x'.repeat(253), message]) {
      const address = String(await call('getnewaddress', '', 'legacy'));
      const signature = String(await call('signmessage', address, text));
      const changed = Buffer.from(signature, 'base64');
      const changes = [signature, otherHalf(signature)];
      for (const at of [0, 1, 20, 33, 64]) {
        const copy = Buffer.from(changed);
        copy[at] ^= 1;
        changes.push(copy.toString('base64'));
      }
      const verdicts = [];
      for (const candidate of changes) {
        const accepted = await call('verifymessage', address, candidate, text);
        verdicts.push(accepted);
        expect(verdictOf(address, candidate, text).verdict === 'verified').toBe(accepted);
      }
      expect(verdicts).toEqual([true, true, false, false, false, false, false]);
    }
  }));

interface Output {
  readonly kind: string;
  readonly address: string;
  readonly redeemScript?: string;
  readonly witnessScript?: string;
}

/** An address of every kind that the node's wallet signs for. */
async function makeOutputs(call: CallNode): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const type of ['legacy', 'p2sh-segwit', 'bech32']) {
    const address = String(await call('getnewaddress', '', type));
    const info = (await call('getaddressinfo', address)) as { hex?: string };
    outputs.push({
      kind: `one key, ${type}`,
      address,
      ...(type === 'p2sh-segwit' && { redeemScript: info.hex as string }),
    });
    const keys = [];
    for (let i = 0; i < 3; i++) {
      const key = (await call('getaddressinfo', await call('getnewaddress', '', 'legacy'))) as {
        pubkey: string;
      };
      keys.push(key.pubkey);
    }
    const multisig = (await call('addmultisigaddress', 2, keys, '', type)) as Record<
      'address' | 'redeemScript',
      string
    >;
    const script = multisig.redeemScript;
    const program = Buffer.from(lockingScripts.P2WSH(sha256(Buffer.from(script, 'hex')))).toString('hex');
    const scripts = {
      legacy: { redeemScript: script },
      'p2sh-segwit': { redeemScript: program, witnessScript: script },
      bech32: { witnessScript: script },
    }[type];
    outputs.push({ kind: `2 of 3, ${type}`, address: multisig.address, ...scripts });
  }
  return outputs;
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

test('BIP-322: what the node signs verifies, and changed bytes count for neither', { timeout: 120_000 }, (context) =>
  withNode(context, async (call) => {
    for (const { kind, address, ...scripts } of await makeOutputs(call)) {
      const { kind: form, hash } = decoded(address);
      const lockingScript = lockingScripts[form](hash);
      const id = Buffer.from(toSpendId(message, lockingScript));
      const unsigned = `0000000001${id.toString('hex')}00000000000000000001${'00'.repeat(8)}016a00000000`;
      const scriptPubKey = Buffer.from(lockingScript).toString('hex');
      const spent = [{ txid: Buffer.from(id).reverse().toString('hex'), vout: 0, scriptPubKey, amount: 0, ...scripts }];
      const signed = (await call('signrawtransactionwithwallet', unsigned, spent)) as Signed;
      expect(signed.complete, kind).toBe(true);
      expect(verdictOf(address, fullForm(signed.hex)).verdict, kind).toBe('verified');
      expect(verdictOf(address, fullForm(signed.hex), 'another').verdict, kind).toBe('failed');

      const bytes = Buffer.from(signed.hex, 'hex');
      for (let at = 0; at < bytes.length; at += 5) {
        const changed = Buffer.from(bytes);
        changed[at] ^= 0x40;
        const hex = changed.toString('hex');
        // With no keys to sign with, the node says whether the signatures that are there complete the transaction.
        const checked = (await call('signrawtransactionwithkey', hex, [], spent).catch(() => undefined)) as
          | Signed
          | undefined;
        const accepted = checked?.complete === true && checked.hex === hex;
        expect(verdictOf(address, fullForm(hex)).verdict === 'verified', `${kind}, byte ${at}`).toBe(accepted);
      }
    }
  }),
);

interface Signed {
  readonly hex: string;
  readonly complete: boolean;
}

function fullForm(hex: string): string {
  return `ful${Buffer.from(hex, 'hex').toString('base64')}`;
}
