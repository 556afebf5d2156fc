/** Rows by kaspa-wasm. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { Address, PrivateKey, signMessage } from 'kaspa-wasm';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

/** The key 11…11 as an address of version 1, which the library reads and does not make. */
const ecdsaAddress = 'kaspa:qyp57d2mmjmuczhh9rhnen4ev9weq6ztkkev5hu9n2c0pdcyqav8r2sh8cvyv4x';

/** R, S and V over the published form. */
function signRaw(byte: string): string {
  const digest = keccak_256(publishedBytes(oracleMessage));
  const [recovery, ...rs] = secp256k1.sign(digest, secretKeyOf(byte), { prehash: false, format: 'recovered' });
  return `0x${Buffer.from([...rs, 27 + recovery]).toString('hex')}`;
}

export function kaspaRows(): Promise<OracleRow[]> {
  const row = (id: string, byte: string) => {
    const privateKey = new PrivateKey(byte.repeat(32));
    return {
      id,
      source: `kaspa-wasm with the key ${byte}…${byte}`,
      coin: 'KAS',
      address: privateKey.toKeypair().toAddress('mainnet').toString(),
      message: oracleMessage,
      signatures: [signMessage({ message: oracleMessage, privateKey })],
    };
  };
  const first = row('message', '11');
  const script = new PrivateKey('11'.repeat(32)).toKeypair().xOnlyPublicKey as string;
  const ecdsa = {
    ...first,
    id: 'raw-ecdsa',
    source: 'the published form of the key 11…11, whose address is one for kaspa-wasm',
    address: new Address(ecdsaAddress).toString(),
    signatures: [signRaw('11')],
  };
  return Promise.resolve([first, { ...first, id: 'message-beside-key', script }, row('other-account', '22'), ecdsa]);
}
