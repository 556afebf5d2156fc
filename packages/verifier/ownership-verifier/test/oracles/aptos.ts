/** Rows by @aptos-labs/ts-sdk: accounts of several keys, and of secp256k1. */
import {
  Account,
  Ed25519PrivateKey,
  MultiEd25519PublicKey,
  MultiEd25519Signature,
  Secp256k1PrivateKey,
} from '@aptos-labs/ts-sdk';
import { type OracleRow, oracleMessage, publishedBytes } from './oracle.js';

const privateKeys = ['11', '22', '33'].map((byte) => new Ed25519PrivateKey(byte.repeat(32), false));

/** Two of three keys of Ed25519. */
export const aptosSeveral = new MultiEd25519PublicKey({
  publicKeys: privateKeys.map((key) => key.publicKey()),
  threshold: 2,
});

/** Signatures and bitmap in hexadecimal, by the keys with these numbers. */
export function signAsAptosSeveral(bytes: Uint8Array, ...signers: number[]): string {
  const signatures = signers.map((i) => privateKeys[i].sign(bytes));
  const bitmap = signers.reduce((bits, i) => {
    bits[i >>> 3] |= 128 >>> (i & 7);
    return bits;
  }, new Uint8Array(4));
  return Buffer.from(new MultiEd25519Signature({ signatures, bitmap }).toUint8Array()).toString('hex');
}

/** What a wallet signs. */
const aptosFullMessage = new TextEncoder().encode(`APTOS\nmessage: ${oracleMessage}\nnonce: 7`);

export async function aptosRows(): Promise<OracleRow[]> {
  const about = (keys: string) => ({
    source: `@aptos-labs/ts-sdk with the keys ${keys}`,
    coin: 'APT',
    message: oracleMessage,
  });
  const several = {
    ...about('11…11, 22…22, 33…33'),
    address: aptosSeveral.authKey().derivedAddress().toString(),
    script: `0x${Buffer.from(aptosSeveral.toUint8Array()).toString('hex')}`,
  };
  const secret = new Secp256k1PrivateKey('44'.repeat(32), false);
  const account = Account.fromPrivateKey({ privateKey: secret });
  const signed = secret.sign(aptosFullMessage).toString();
  return [
    { ...several, id: 'several-keys', signatures: [signAsAptosSeveral(publishedBytes(oracleMessage), 0, 2)] },
    {
      ...several,
      id: 'several-keys-message',
      signatures: [`aptos|nonce=7|${signAsAptosSeveral(aptosFullMessage, 0, 1, 2)}`],
    },
    {
      ...about('44…44 of secp256k1'),
      id: 'secp256k1',
      address: account.accountAddress.toString(),
      script: `secp256k1-pub-0x${Buffer.from(secret.publicKey().toUint8Array()).toString('hex')}`,
      signatures: [`aptos|nonce=7|${signed}`],
    },
  ];
}
