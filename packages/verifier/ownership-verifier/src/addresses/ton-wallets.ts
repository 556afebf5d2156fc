/** The wallet contracts of TON, by the hashes of their codes, and the data that they begin with (spec §13.10). */
import { hexToBytes } from '@noble/hashes/utils.js';
import { sameBytes } from '../encodings/binary-text.js';
import { type Cell, type CellHash, makeCell, readBytes, stateInitHash } from '../encodings/ton-cell.js';

/** A wallet contract whose owner is one Ed25519 key. */
export interface TonWallet {
  readonly name: string;
  readonly code: CellHash;
  /** The bit of the data at which the key begins. */
  readonly keyBit: number;
  /** The data before the key and after it, as bits, of a new wallet with the usual ids, in a workchain. */
  readonly newData: (workchain: number) => { readonly before: string; readonly after: string };
}

/** The id that wallets of versions 3 and 4 usually have, to which the workchain is added. */
const usualWalletId = 698983191;
/** The global id of the main network, with which wallets of version 5 mix their id. */
const mainnetGlobalId = -239;
/** Id and timeout in seconds of highload wallets as exchanges make them. */
const highloadWalletId = 0x10ad;
const highloadTimeout = 43200;

function uint(value: number, bits: number): string {
  return (value >>> 0).toString(2).padStart(bits, '0').slice(-bits);
}

const sequenceOnly = () => ({ before: uint(0, 32), after: '' });
const withWalletId = (workchain: number) => uint(0, 32) + uint(usualWalletId + workchain, 32);

/** Version 5: the client's context is a 1, the workchain, version 0 and wallet number 0. */
function version5Id(workchain: number): string {
  return uint(mainnetGlobalId ^ (0x80000000 | ((workchain & 0xff) << 23)), 32);
}

function code(hash: string, depth: number): CellHash {
  return { hash: hexToBytes(hash), depth };
}

export const tonWallets: readonly TonWallet[] = [
  {
    name: 'v4r2',
    code: code('feb5ff6820e2ff0d9483e7e0d62c817d846789fb4ae580c878866d959dabd5c0', 7),
    keyBit: 64,
    newData: (workchain) => ({ before: withWalletId(workchain), after: '0' }),
  },
  {
    name: 'v5r1',
    code: code('20834b7b72b112147e1b2fb457b84e74d1a30f04f737d4f62a668e9552d2b72f', 6),
    keyBit: 65,
    newData: (workchain) => ({ before: `1${uint(0, 32)}${version5Id(workchain)}`, after: '0' }),
  },
  {
    name: 'v3r2',
    code: code('84dafa449f98a6987789ba232358072bc0f76dc4524002a5d0918b9a75d2d599', 0),
    keyBit: 64,
    newData: (workchain) => ({ before: withWalletId(workchain), after: '' }),
  },
  {
    name: 'v3r1',
    code: code('b61041a58a7980b946e8fb9e198e3c904d24799ffa36574ea4251c41a566f581', 0),
    keyBit: 64,
    newData: (workchain) => ({ before: withWalletId(workchain), after: '' }),
  },
  {
    name: 'highload v3',
    code: code('11acad7955844090f283bf238bc1449871f783e7cc0979408d3f4859483e8525', 6),
    keyBit: 0,
    newData: () => ({ before: '', after: uint(highloadWalletId, 32) + '0'.repeat(66) + uint(highloadTimeout, 22) }),
  },
  {
    name: 'v2r2',
    code: code('fe9530d3243853083ef2ef0b4c2908c0abf6fa1c31ea243aacaa5bf8c7d753f1', 0),
    keyBit: 32,
    newData: sequenceOnly,
  },
  {
    name: 'v2r1',
    code: code('5c9a5e68c108e18721a07c42f9956bfb39ad77ec6d624b60c576ec88eee65329', 0),
    keyBit: 32,
    newData: sequenceOnly,
  },
  {
    name: 'v1r3',
    code: code('587cc789eff1c84f46ec3797e45fc809a14ff5ae24f1e0c7a6a99cc9dc9061ff', 0),
    keyBit: 32,
    newData: sequenceOnly,
  },
  {
    name: 'v1r2',
    code: code('d4902fcc9fad74698fa8e353220a68da0dcf72e32bcb2eb9ee04217c17d3062c', 0),
    keyBit: 32,
    newData: sequenceOnly,
  },
  {
    name: 'v1r1',
    code: code('a0cfc2c48aee16a271f2cfc0b7382d81756cecb1017d077faaab3bb602f6868c', 0),
    keyBit: 32,
    newData: sequenceOnly,
  },
];

/** The data of new wallets of a workchain with zeros for the key, in the order of the table. */
const templates = new Map(
  [0, -1].map((workchain) => [
    workchain,
    tonWallets.map((wallet) => {
      const { before, after } = wallet.newData(workchain);
      return {
        wallet,
        bitCount: before.length + 256 + after.length,
        data: bytesOfBits(before + '0'.repeat(256) + after),
      };
    }),
  ]),
);

/** The wallet, among those with usual ids, whose address in the workchain (0 or -1) the key gives. */
export function findTonWallet(hash: Uint8Array, workchain: number, key: Uint8Array): TonWallet | undefined {
  const found = templates.get(workchain)?.find(({ wallet, bitCount, data }) => {
    const cell = makeCell(withKey(data, wallet.keyBit, key), bitCount, []);
    return sameBytes(stateInitHash(wallet.code, cell), hash);
  });
  return found?.wallet;
}

/** Data with the key at a bit where the data has zeros. */
function withKey(data: Uint8Array, keyBit: number, key: Uint8Array): Uint8Array {
  const filled = data.slice();
  const [first, shift] = [keyBit >>> 3, keyBit & 7];
  for (const [index, byte] of key.entries()) {
    filled[first + index] |= byte >>> shift;
    if (shift > 0) filled[first + index + 1] |= byte << (8 - shift);
  }
  return filled;
}

/** The wallet whose code this is, and the key in its data; undefined for other codes and for data of another form. */
export function readTonWallet(codeCell: CellHash, data: Cell): { wallet: TonWallet; key: Uint8Array } | undefined {
  const wallet = tonWallets.find((candidate) => sameBytes(candidate.code.hash, codeCell.hash));
  if (wallet === undefined) return undefined;
  // The first bit of version 5 says whether the key may sign at all.
  if (wallet.name === 'v5r1' && !(data.data[0] >= 0x80)) return undefined;
  const key = readBytes(data, wallet.keyBit, 32);
  return key && { wallet, key };
}

/** Bits as bytes, completed by a 1 and zeros if they fill no byte. */
function bytesOfBits(bits: string): Uint8Array {
  const completed = bits.length % 8 === 0 ? bits : `${bits}1`.padEnd(8 * Math.ceil(bits.length / 8), '0');
  return Uint8Array.from(completed.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
