/** Rows by near-api-js. */

import { base58 } from '@scure/base';
import { KeyPair, KeyPairSigner } from 'near-api-js';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

const nonce = new Uint8Array(32).map((_, i) => i);

export async function nearRows(): Promise<OracleRow[]> {
  const pairOf = (byte: string) => {
    const seed = secretKeyOf(byte);
    const { getPublicKey } = edwards;
    const secret = base58.encode(Uint8Array.from([...seed, ...getPublicKey(seed)]));
    return KeyPair.fromString(`ed25519:${secret}`);
  };
  const { ed25519: edwards } = await import('@noble/curves/ed25519.js');
  const [pair, other] = [pairOf('11'), pairOf('22')];
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const row = (id: string, byte: string, signer: KeyPair, signature: string) => ({
    id,
    source: `near-api-js with the key ${byte}…${byte}`,
    coin: 'NEAR',
    address: hex(signer.getPublicKey().data),
    message: oracleMessage,
    signatures: [signature],
  });
  const raw = publishedBytes(oracleMessage);
  const answer = async (callbackUrl?: string) => {
    const payload = {
      message: oracleMessage,
      nonce,
      recipient: 'exchange.example',
      ...(callbackUrl && { callbackUrl }),
    };
    const { signature } = await new KeyPairSigner(pair).signNep413Message('exchange.near', payload);
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    return `nep413|exchange.example|${base64(nonce)}|${callbackUrl ?? ''}|${base64(signature)}`;
  };
  const script = (signer: KeyPair) => ({ script: hex(signer.getPublicKey().data) });
  return [
    { ...row('raw', '11', pair, hex(pair.sign(raw).signature)), ...script(pair) },
    { ...row('other-account', '22', other, hex(other.sign(raw).signature)), ...script(other) },
    row('raw-without-key', '11', pair, hex(pair.sign(raw).signature)),
    { ...row('message', '11', pair, await answer()), script: pair.getPublicKey().toString() },
    row('message-with-callback', '11', pair, await answer('https://exchange.example/signed')),
  ];
}
