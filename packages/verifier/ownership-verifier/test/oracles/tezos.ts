/** Rows by @taquito/signer, over packed texts that are built here. */
import { InMemorySigner } from '@taquito/signer';
import { base58check } from './base58.js';
import { type OracleRow, oracleMessage, publishedBytes, secretKeyOf } from './oracle.js';

/** 05 01, four bytes of length, the text. */
function packed(text: string): string {
  const bytes = Buffer.from(text);
  const head = Buffer.from([5, 1, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 2);
  return Buffer.concat([head, bytes]).toString('hex');
}

/** Secret keys of the three curves, as the chain's tools write them: edsk, spsk and p2sk. */
const secretPrefixes = { ed: [13, 15, 58, 7], sp: [17, 162, 224, 201], p2: [16, 81, 238, 189] };

function tezosSignerOf(curve: keyof typeof secretPrefixes, byte: string): InMemorySigner {
  return new InMemorySigner(base58check(Uint8Array.from([...secretPrefixes[curve], ...secretKeyOf(byte)])));
}

export async function tezosRows(): Promise<OracleRow[]> {
  const row = async (id: string, signer: InMemorySigner, byte: string, text: string) => ({
    id,
    source: `@taquito/signer with the key ${byte}…${byte}`,
    coin: 'XTZ',
    address: await signer.publicKeyHash(),
    message: oracleMessage,
    signatures: [(await signer.sign(packed(text))).prefixSig],
    script: await signer.publicKey(),
  });
  const [first, second, third] = [tezosSignerOf('ed', '11'), tezosSignerOf('sp', '22'), tezosSignerOf('p2', '33')];
  const edwards = await row('text-ed25519', first, '11', oracleMessage);
  const named = await row('signed-message', first, '11', `Tezos Signed Message: ${oracleMessage}`);
  const generic = (await first.sign(packed(oracleMessage))).sig;
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  const rawRow = async (id: string, byte: string) => {
    const signer = tezosSignerOf('ed', byte);
    const secret = secretKeyOf(byte);
    return {
      ...(await row(id, signer, byte, oracleMessage)),
      signatures: [`0x${Buffer.from(ed25519.sign(publishedBytes(oracleMessage), secret)).toString('hex')}`],
      script: Buffer.from(ed25519.getPublicKey(secret)).toString('hex'),
    };
  };
  return [
    await rawRow('raw', '11'),
    await rawRow('other-account', '44'),
    edwards,
    { ...edwards, id: 'text-any-curve', signatures: [generic] },
    named,
    await row('text-secp256k1', second, '22', oracleMessage),
    await row('text-secp256r1', third, '33', oracleMessage),
  ];
}
