/** Rows by @emurgo/cardano-message-signing-nodejs, with addresses as CIP-19 has them. */
import {
  AlgorithmId,
  CBORValue,
  COSESign1Builder,
  EdDSA25519Key,
  HeaderMap,
  Headers,
  Label,
  ProtectedHeaderMap,
} from '@emurgo/cardano-message-signing-nodejs';
import { ed25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { bech32 } from '@scure/base';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const stakeHash = Buffer.from('337b62cfff6403a06a3acbc34f8c46003c69fe79a3628cefa9c47251', 'hex');

/** A key with its enterprise address, and a base address whose stake part is that of CIP-19's examples. */
export function cardanoAccount(byte: string) {
  const secret = secretKeyOf(byte);
  const key = ed25519.getPublicKey(secret);
  const hash = blake2b(key, { dkLen: 28 });
  const enterprise = Uint8Array.from([0x61, ...hash]);
  const base = Uint8Array.from([0x01, ...hash, ...stakeHash]);
  const spell = (bytes: Uint8Array) => bech32.encode('addr', bech32.toWords(bytes), 200);
  return { byte, secret, key, enterprise, base, address: spell(enterprise), baseAddress: spell(base) };
}

/** COSE_Sign1 in hexadecimal, as a wallet gives it for `signData` (CIP-30). */
export function signAsCardanoWallet(
  secret: Uint8Array,
  address: Uint8Array,
  options: { hashed?: boolean; detached?: boolean } = {},
): string {
  const header = HeaderMap.new();
  header.set_algorithm_id(Label.from_algorithm_id(AlgorithmId.EdDSA));
  header.set_header(Label.new_text('address'), CBORValue.new_bytes(address));
  const headers = Headers.new(ProtectedHeaderMap.new(header), HeaderMap.new());
  const builder = COSESign1Builder.new(headers, Buffer.from(oracleMessage), options.detached === true);
  if (options.hashed) builder.hash_payload();
  const signature = ed25519.sign(builder.make_data_to_sign().to_bytes(), secret);
  return hex(builder.build(signature).to_bytes());
}

export async function cardanoRows(): Promise<OracleRow[]> {
  const [first, other] = [cardanoAccount('11'), cardanoAccount('22')];
  const raw = ({ byte, secret, key, address }: typeof first, id: string) => ({
    id,
    source: `the scheme of published lists with the key ${byte}…${byte}`,
    coin: 'ADA',
    address,
    message: oracleMessage,
    signatures: [hex(ed25519.sign(publishedBytes(oracleMessage), secret))],
    script: hex(key),
    holder: byte,
  });
  const coseKey = hex(EdDSA25519Key.new(first.key).build().to_bytes());
  const wallet = (id: string, address: Uint8Array, options = {}) => ({
    ...raw(first, id),
    source: '@emurgo/cardano-message-signing-nodejs with the key 11…11',
    signatures: [signAsCardanoWallet(first.secret, address, options)],
    script: coseKey,
  });
  return [
    raw(first, 'raw'),
    raw(other, 'other-account'),
    { ...raw(first, 'raw-base-address'), address: first.baseAddress },
    { ...raw(first, 'raw-bech32-key'), script: bech32.encode('addr_vk', bech32.toWords(first.key), 200) },
    wallet('message', first.enterprise),
    { ...wallet('message-base-address', first.base), address: first.baseAddress },
    wallet('message-detached', first.enterprise, { detached: true }),
    { ...wallet('message-with-plain-key', first.enterprise), script: hex(first.key) },
  ];
}
