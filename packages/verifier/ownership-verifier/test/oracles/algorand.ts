/** Rows by algosdk. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { Address, multisigAddress, signBytes } from 'algosdk';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

const keys = ['11', '22', '33'].map((byte) => {
  const seed = secretKeyOf(byte);
  const key = ed25519.getPublicKey(seed);
  return { byte, seed, key, address: new Address(key), secret: Uint8Array.from([...seed, ...key]) };
});

export async function algorandRows(): Promise<OracleRow[]> {
  const [first, other, third] = keys;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const text = new TextEncoder().encode(oracleMessage);
  const row = (id: string, { byte, address }: typeof first, signature: Uint8Array) => ({
    id,
    source: `algosdk with the key ${byte}…${byte}`,
    coin: 'ALGO',
    address: address.toString(),
    message: oracleMessage,
    signatures: [hex(signature)],
  });
  const raw = (signer: typeof first) => ed25519.sign(publishedBytes(oracleMessage), signer.seed);
  const message = (signer: typeof first) => signBytes(text, signer.secret);
  const several = multisigAddress({ version: 1, threshold: 2, addrs: keys.map(({ address }) => address) });
  return [
    { ...row('raw', first, raw(first)), script: hex(first.key) },
    { ...row('other-account', other, raw(other)), script: hex(other.key) },
    row('raw-without-key', first, raw(first)),
    { ...row('message', first, message(first)), script: first.address.toString() },
    {
      ...row('several-keys', first, message(first)),
      address: several.toString(),
      signatures: [hex(raw(first)), hex(message(third))],
      script: ['multisig', '2', ...keys.map(({ address }) => address.toString())].join('|'),
    },
  ];
}
