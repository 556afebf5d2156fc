/** Arbitrary data signed by wallets of the Cosmos SDK (ADR-036): a transaction that no chain takes (spec §15.2). */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';

/** The bytes of the sign document: amino's JSON, whose members are in the order of their names and without spaces. */
export function adr36Bytes(message: string, signer: string): Uint8Array {
  const data = base64.encode(utf8ToBytes(message));
  // Base64 and Bech32 have none of the letters that amino's JSON escapes.
  return utf8ToBytes(
    '{"account_number":"0","chain_id":"","fee":{"amount":[],"gas":"0"},"memo":"",' +
      `"msgs":[{"type":"sign/MsgSignData","value":{"data":"${data}","signer":"${signer}"}}],"sequence":"0"}`,
  );
}
