/** Rows by @polkadot/keyring. */
import { Keyring } from '@polkadot/keyring';
import { createKeyMulti, cryptoWaitReady, encodeAddress } from '@polkadot/util-crypto';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const text = new TextEncoder().encode(oracleMessage);
const wrapped = new TextEncoder().encode(`<Bytes>${oracleMessage}</Bytes>`);

export async function ss58Rows(): Promise<OracleRow[]> {
  await cryptoWaitReady();
  const keyring = new Keyring({ ss58Format: 0 });
  const [edwards, schnorrkel, other, ecdsa] = (
    [
      ['11', 'ed25519'],
      ['22', 'sr25519'],
      ['33', 'ed25519'],
      ['44', 'ecdsa'],
    ] as const
  ).map(([byte, type]) => ({ byte, pair: keyring.addFromSeed(secretKeyOf(byte), {}, type) }));
  const row = (id: string, { byte, pair }: typeof edwards, bytes: Uint8Array, withType = false) => ({
    id,
    source: `@polkadot/keyring with the key ${byte}…${byte} of ${pair.type}`,
    coin: 'DOT',
    address: pair.address,
    message: oracleMessage,
    signatures: [`0x${hex(pair.sign(bytes, { withType }))}`],
  });
  const column = (pair: { publicKey: Uint8Array }) => ({ script: hex(pair.publicKey) });
  const raw = publishedBytes(oracleMessage);
  const on = (network: string, coin: string, prefix: number) => ({
    ...row(`raw-${network}`, edwards, raw),
    coin,
    network,
    address: encodeAddress(edwards.pair.publicKey, prefix),
    ...column(edwards.pair),
  });
  const members = [edwards, schnorrkel, ecdsa].map(({ pair }) => pair.address);
  const several = {
    ...row('several-members', edwards, wrapped),
    address: encodeAddress(createKeyMulti(members, 2), 0),
    signatures: [schnorrkel.pair.sign(wrapped), ecdsa.pair.sign(wrapped, { withType: true })].map(hex),
    script: ['multisig', '2', ...members].join('|'),
  };
  return [
    { ...row('raw', edwards, raw), ...column(edwards.pair) },
    { ...row('other-account', other, raw), ...column(other.pair) },
    row('wrapped-ed25519', edwards, wrapped),
    row('plain-ed25519', edwards, text),
    row('wrapped-ed25519-with-kind', edwards, wrapped, true),
    row('wrapped-sr25519', schnorrkel, wrapped),
    row('plain-sr25519', schnorrkel, text),
    row('wrapped-sr25519-with-kind', schnorrkel, wrapped, true),
    { ...row('sr25519-with-key', schnorrkel, wrapped), ...column(schnorrkel.pair) },
    row('wrapped-ecdsa', ecdsa, wrapped, true),
    row('plain-ecdsa', ecdsa, text, true),
    { ...row('ecdsa-with-key', ecdsa, wrapped, true), ...column(ecdsa.pair) },
    several,
    on('kusama', 'KSM', 2),
    on('shiden', 'SDN', 5),
    on('karura', 'KAR', 8),
    on('phala', 'PHA', 30),
    on('centrifuge', 'CFG', 36),
    on('avail', 'AVAIL', 42),
    on('clover', 'CLV', 42),
    on('efinity', 'EFI', 1110),
    on('enjin', 'ENJ', 2135),
    on('bittensor', 'TAO', 13116),
  ];
}
