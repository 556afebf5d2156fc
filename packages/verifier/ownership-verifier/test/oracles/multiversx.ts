/** Rows by @multiversx/sdk-core. */
import { Message, MessageComputer, UserSecretKey } from '@multiversx/sdk-core';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

export async function multiversxRows(): Promise<OracleRow[]> {
  const secretOf = (byte: string) => new UserSecretKey(secretKeyOf(byte));
  const [secret, other] = [secretOf('11'), secretOf('22')];
  const row = (id: string, byte: string, signer: UserSecretKey, bytes: Uint8Array) => ({
    id,
    source: `@multiversx/sdk-core with the key ${byte}…${byte}`,
    coin: 'EGLD',
    address: signer.generatePublicKey().toAddress('erd').toBech32(),
    message: oracleMessage,
    signatures: [Buffer.from(signer.sign(bytes)).toString('hex')],
  });
  const raw = publishedBytes(oracleMessage);
  const message = new MessageComputer().computeBytesForSigning(new Message({ data: Buffer.from(oracleMessage) }));
  return [
    { ...row('raw', '11', secret, raw), script: secret.generatePublicKey().hex() },
    { ...row('other-account', '22', other, raw), script: other.generatePublicKey().hex() },
    row('raw-without-key', '11', secret, raw),
    row('message', '11', secret, message),
  ];
}
