/** Classes of Starknet's wallets whose accounts follow from the key that they began with (spec §15.13). */
import {
  extendPedersen,
  feltOfKeccak,
  feltOfText,
  finishPedersen,
  type PedersenChain,
  pedersenStart,
} from '../schemes/starknet-hash.js';

/** A class of accounts, and what its constructor is given for a key. */
interface StarknetAccountClass {
  readonly name: string;
  readonly classHash: bigint;
  /** What the input begins with, whatever the key is, and what follows it. */
  readonly before: () => PedersenChain;
  readonly after: readonly bigint[];
}

const initialize = feltOfKeccak('initialize');
const nothing = pedersenStart(() => []);

/** A proxy is given the class that it runs, and the call that sets the key there, without a guardian. */
function proxy(name: string, classHash: bigint, implementation: bigint): StarknetAccountClass {
  return { name, classHash, before: pedersenStart(() => [implementation, initialize, 2n]), after: [0n] };
}

/** Hashes of classes as the wallets' own tools and Starknet's development nodes have them. */
const starknetAccountClasses: readonly StarknetAccountClass[] = [
  proxy(
    'proxy of the published lists',
    0x3530cc4759d78042f1b543bf797f5f3d647cde0388c33734cf91b7f7b9314a9n,
    0x309c042d3729173c7f2f91a34f04d8c509c1b292d334679ef1aabf8da0899ccn,
  ),
  proxy(
    'Argent 0.2.3',
    0x25ec026985a3bf9d0cc1fe17326b245dfdc3ff89b8fde106542a3ea56c5a918n,
    0x33434ad846cdd5f23eb73ff09fe6fddd568284a0fb7d1be20ee482f044dabe2n,
  ),
  {
    name: 'Argent 0.3.0',
    classHash: 0x1a736d6ed154502257f02b1ccdf4d9d1089f80811cd6acad48e6b6a9d1f2003n,
    before: nothing,
    after: [0n],
  },
  {
    name: 'Argent 0.3.1',
    classHash: 0x29927c8af6bccf3f6fda035981e765a7bdbf18a2dc0d630494f8758aa908e2bn,
    before: nothing,
    after: [0n],
  },
  {
    // A signer of the first kind, and no guardian.
    name: 'Argent 0.4.0',
    classHash: 0x36078334509b514626504edc9fb252328d1a240e4e948bef8d0c08dff45927fn,
    before: pedersenStart(() => [0n]),
    after: [1n],
  },
  {
    name: 'OpenZeppelin 0.17.0',
    classHash: 0x540d7f5ec7ecf317e68d48564934cb99259781b1ee3cedbbc37ec5337f8e688n,
    before: nothing,
    after: [],
  },
];

/** Addresses are below this number. */
export const starknetAddressEnd = 2n ** 251n - 256n;
/** What all addresses of accounts that nobody else deploys begin with. */
const addressStart = pedersenStart(() => [feltOfText('STARKNET_CONTRACT_ADDRESS'), 0n]);

/** The class by which an address follows from a key, the key being its salt too; undefined where there is none. */
export function findStarknetClass(address: bigint, key: bigint): StarknetAccountClass | undefined {
  const start = extendPedersen(addressStart(), [key]);
  return starknetAccountClasses.find(({ classHash, before, after }) => {
    const input = finishPedersen(extendPedersen(before(), [key, ...after]));
    return finishPedersen(extendPedersen(start, [classHash, input])) % starknetAddressEnd === address;
  });
}
