/** Rows by @stellar/stellar-base. */
import { createHash } from 'node:crypto';
import { Account, Keypair, MuxedAccount } from '@stellar/stellar-base';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

export async function stellarRows(): Promise<OracleRow[]> {
  const pairOf = (byte: string) => Keypair.fromRawEd25519Seed(Buffer.from(secretKeyOf(byte)));
  const [pair, other] = [pairOf('11'), pairOf('22')];
  const hash = createHash('sha256').update(`Stellar Signed Message:\n${oracleMessage}`).digest();
  const row = (id: string, byte: string, signer: Keypair, bytes: Uint8Array) => ({
    id,
    source: `@stellar/stellar-base with the key ${byte}…${byte}`,
    coin: 'XLM',
    address: signer.publicKey(),
    message: oracleMessage,
    signatures: [signer.sign(Buffer.from(bytes)).toString('hex')],
  });
  const raw = publishedBytes(oracleMessage);
  const script = (signer: Keypair) => ({ script: signer.rawPublicKey().toString('hex') });
  const muxed = new MuxedAccount(new Account(pair.publicKey(), '0'), '1234').accountId();
  const base64 = { signatures: [pair.sign(hash).toString('base64')] };
  return [
    { ...row('raw', '11', pair, raw), ...script(pair) },
    { ...row('other-account', '22', other, raw), ...script(other) },
    row('raw-without-key', '11', pair, raw),
    { ...row('message', '11', pair, hash), ...base64 },
    { ...row('muxed', '11', pair, hash), ...base64, address: muxed, script: pair.publicKey() },
    {
      id: 'standard',
      source: 'examples of SEP-53',
      coin: 'XLM',
      address: 'GBXFXNDLV4LSWA4VB7YIL5GBD7BVNR22SGBTDKMO2SBZZHDXSKZYCP7L',
      message: 'Hello, World!',
      signatures: ['fO5dbYhXUhBMhe6kId/cuVq/AfEnHRHEvsP8vXh03M1uLpi5e46yO2Q8rEBzu3feXQewcQE5GArp88u6ePK6BA=='],
    },
  ];
}
