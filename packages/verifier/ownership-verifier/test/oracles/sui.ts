/** Rows by @mysten/sui. */
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { Secp256k1Keypair } from '@mysten/sui/keypairs/secp256k1';
import { Secp256r1Keypair } from '@mysten/sui/keypairs/secp256r1';
import { MultiSigPublicKey } from '@mysten/sui/multisig';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

const text = new TextEncoder().encode(oracleMessage);
export const suiPairs = [
  Ed25519Keypair.fromSecretKey(secretKeyOf('11')),
  Secp256k1Keypair.fromSecretKey(secretKeyOf('22')),
  Secp256r1Keypair.fromSecretKey(secretKeyOf('33')),
  Ed25519Keypair.fromSecretKey(secretKeyOf('44')),
] as const;

/** Two of three keys, one of each curve. */
export const suiSeveral = MultiSigPublicKey.fromPublicKeys({
  threshold: 3,
  publicKeys: suiPairs.slice(0, 3).map((pair, i) => ({ publicKey: pair.getPublicKey(), weight: i + 1 })),
});

/** Base64 of the signatures by some of the keys. */
export async function signAsSuiSeveral(...signers: readonly (typeof suiPairs)[number][]): Promise<string> {
  const parts = signers.map(async (pair) => (await pair.signPersonalMessage(text)).signature);
  return suiSeveral.combinePartialSignatures(await Promise.all(parts));
}

export async function suiRows(): Promise<OracleRow[]> {
  const [first, second, third, other] = suiPairs;
  const about = (key: string) => ({ source: `@mysten/sui with the key ${key}`, coin: 'SUI', message: oracleMessage });
  const personal = async (id: string, key: string, pair: (typeof suiPairs)[number]) => ({
    id,
    ...about(key),
    address: pair.toSuiAddress(),
    signatures: [(await pair.signPersonalMessage(text)).signature],
  });
  const raw = async (id: string, key: string, pair: Ed25519Keypair, script: string) => ({
    id,
    ...about(key),
    address: pair.toSuiAddress(),
    signatures: [`0x${Buffer.from(await pair.sign(publishedBytes(oracleMessage))).toString('hex')}`],
    script,
  });
  const key = first.getPublicKey();
  return [
    await raw('raw', '11…11', first, Buffer.from(key.toRawBytes()).toString('hex')),
    await raw('raw-with-flag', '11…11', first, key.toSuiPublicKey()),
    await raw('other-account', '44…44', other, Buffer.from(other.getPublicKey().toRawBytes()).toString('hex')),
    await personal('personal-ed25519', '11…11', first),
    await personal('personal-secp256k1', '22…22', second),
    await personal('personal-secp256r1', '33…33', third),
    {
      id: 'several-keys',
      ...about('11…11, 22…22, 33…33 of weights 1, 2 and 3, threshold 3'),
      address: suiSeveral.toSuiAddress(),
      signatures: [await signAsSuiSeveral(first, second)],
    },
  ];
}
