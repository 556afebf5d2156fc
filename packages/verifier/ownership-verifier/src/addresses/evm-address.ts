/** Addresses of EVM accounts: 20 bytes in hexadecimal, or in the chain's own spelling of them (spec §13.7). */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { bech32 } from '@scure/base';
import { evmNetworks } from '@solvent/report-format/networks/evm-networks';
import type { EvmNetwork } from '@solvent/report-format/networks/network';
import type { DecodedAddress } from '../claim.js';
import { hasRightCases } from '../encodings/mixed-case.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import { decodeFilecoinEvmAccount } from './filecoin-address.js';

export interface EvmAddress extends DecodedAddress {
  /** The account, 20 bytes; `canonical` is `0x` and its lower-case digits. */
  readonly account: Uint8Array;
}

const accountDigits = /^[0-9a-fA-F]{40}$/;
const validatorKey = /^0x[0-9a-fA-F]{96}$/;

/** The address of an account of 20 bytes. */
export function evmAddressOf(account: Uint8Array): EvmAddress {
  return { canonical: `0x${bytesToHex(account)}`, kind: 'account', account };
}

/** The address of a text in any of the network's spellings, or why it is none. */
export function decodeEvmAddress(text: string, network: EvmNetwork): EvmAddress | OwnershipVerdict {
  // The longest spelling is Bech32 with a short prefix; a validator's key is looked at only to say what it is.
  if (text.length > 100) return failed('W3', 'address', `expected an address, found ${text.length} characters`);
  const filecoin = decodeFilecoinEvmAccount(text);
  if (filecoin !== undefined) return filecoinAddress(filecoin, network);
  if (text.startsWith('0x') && accountDigits.test(text.slice(2))) return addressOfDigits(text.slice(2), network);
  const speller = evmNetworks.find(({ hexPrefix, bech32Prefix }) => {
    if (hexPrefix !== undefined && text.startsWith(hexPrefix)) return accountDigits.test(text.slice(hexPrefix.length));
    return bech32Prefix !== undefined && text.toLowerCase().startsWith(`${bech32Prefix}1`);
  });
  if (speller === undefined) {
    const found = validatorKey.test(text) ? 'the 48 bytes of a validator key' : 'something else';
    return failed('W3', 'address', `expected 0x and 40 hexadecimal digits, found ${found}`);
  }
  if (speller.chainId !== network.chainId) {
    return failed('W3', 'address-network', `expected an address of ${network.title}, found one of ${speller.title}`);
  }
  return speller.hexPrefix === undefined
    ? addressOfBech32(text)
    : addressOfDigits(text.slice(speller.hexPrefix.length), network);
}

/** Filecoin's own spelling of an account of its EVM. */
function filecoinAddress(account: Uint8Array | OwnershipVerdict, network: EvmNetwork): EvmAddress | OwnershipVerdict {
  if (network.filecoin !== true) {
    return failed('W3', 'address-network', `expected an address of ${network.title}, found one of Filecoin EVM`);
  }
  return 'verdict' in account ? account : evmAddressOf(account);
}

/** Digits of both cases have a checksum in them: that of EIP-55, or on some networks that of EIP-1191 too. */
function addressOfDigits(digits: string, network: EvmNetwork): EvmAddress | OwnershipVerdict {
  const isRight =
    hasRightCases(digits) || (network.chainIdChecksum === true && hasRightCases(digits, `${network.chainId}0x`));
  if (isRight) return evmAddressOf(hexToBytes(digits.toLowerCase()));
  return failed('W3', 'address-checksum', 'digits of both cases, and the cases are not the checksum of EIP-55');
}

/** Only called for a text that begins with the network's prefix, so a decoded prefix is that one. */
function addressOfBech32(text: string): EvmAddress | OwnershipVerdict {
  try {
    const { bytes } = bech32.decodeToBytes(text);
    if (bytes.length === 20) return evmAddressOf(bytes);
    return failed('W3', 'address', `expected 20 bytes in Bech32, found ${bytes.length}`);
  } catch {
    return failed('W3', 'address-checksum', 'expected Bech32 whose checksum is right');
  }
}
