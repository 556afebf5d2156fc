/** What is supported on each network, in words: the pages that people read are made of this. */
import type { FamilyName, Network } from '@solvent/report-format/networks/network';

/** What the rules of a network cover. */
export interface FamilySupport {
  readonly addressKinds: readonly string[];
  readonly schemes: readonly string[];
  /** What a verified row has shown. */
  readonly checked: string;
  /** What stays unproven without evidence from the chain. */
  readonly unproven: string;
  /** The section of the specification. */
  readonly section: string;
}

type Words = Omit<FamilySupport, 'section'>;

const ownersAlone = 'a signature by owners in the last columns';

const plain: { readonly [Name in Exclude<FamilyName, 'bitcoin'>]: Words } = {
  evm: {
    addressKinds: ['account', 'contract by evidence'],
    schemes: ['EIP-191', 'published EIP-191', 'EIP-712', 'raw ECDSA'],
    checked: 'the recovered account is the address; of a contract, its owners and threshold at a trusted block',
    unproven: `${ownersAlone} of a contract`,
  },
  tron: {
    addressKinds: ['account'],
    schemes: ['Tron message v1', 'Tron message v2'],
    checked: 'the recovered account is the address',
    unproven: ownersAlone,
  },
  solana: {
    addressKinds: ['account', 'associated token account of a known mint'],
    schemes: ['Solana message', 'Solana off-chain message v0', 'Solana off-chain message v1', 'raw Ed25519'],
    checked: 'the address is the key, or the associated token account of the key and a known mint',
    unproven: 'accounts of programs, and other token accounts',
  },
  ton: {
    addressKinds: ['wallets v1 to v5', 'highload v3'],
    schemes: ['raw Ed25519', 'TON Connect text'],
    checked: 'the address is the hash of a known wallet contract with the key in it',
    unproven: ownersAlone,
  },
  xrp: {
    addressKinds: ['classic', 'X-address'],
    schemes: ['ECDSA, half of SHA-512', 'raw ECDSA', 'Ed25519', 'raw Ed25519'],
    checked: 'the address is the hash of the key',
    unproven: ownersAlone,
  },
  aptos: {
    addressKinds: ['Ed25519 account', 'single-key account'],
    schemes: ['Aptos message', 'raw Ed25519'],
    checked: 'the address is the authentication key of the key',
    unproven: 'objects, and accounts whose key was changed',
  },
  validator: {
    addressKinds: ['BLS12-381 public key'],
    schemes: ['BLS12-381'],
    checked: 'the key in the address column signed, and withdrawal credentials lead to the signer',
    unproven: "a validator's key without its withdrawal credentials",
  },
};

const sections: { readonly [Name in FamilyName]: string } = {
  bitcoin: '13.6',
  evm: '13.7',
  tron: '13.8',
  solana: '13.9',
  ton: '13.10',
  xrp: '13.11',
  aptos: '13.12',
  validator: '13.13',
};

/** What the rules of a network cover. */
export function familySupport(network: Network): FamilySupport {
  const section = sections[network.family];
  if (network.family !== 'bitcoin') return { ...plain[network.family], section };
  const { segwitPrefix, taproot, bip322, cashAddrPrefix } = network;
  const segwit = segwitPrefix === undefined ? [] : ['P2WPKH', 'P2SH-P2WPKH', 'P2WSH m of n', 'P2SH-P2WSH m of n'];
  return {
    addressKinds: [
      cashAddrPrefix === undefined ? 'P2PKH' : 'P2PKH (also as CashAddr)',
      'P2SH m of n',
      ...segwit,
      ...(taproot === true && bip322 === true ? ['P2TR by its key'] : []),
    ],
    schemes: ['signed message', 'raw ECDSA', ...(bip322 === true ? ['BIP-322 simple', 'BIP-322 full'] : [])],
    checked: 'the address is the hash of key or script; of scripts, enough distinct keys signed',
    unproven: 'nothing: other scripts are unsupported',
    section,
  };
}
