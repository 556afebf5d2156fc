/** Aptos: accounts whose address is the authentication key that they began with (spec §13.12). */
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import {
  type AptosAddress,
  type AptosAuthenticationKey,
  aptosAddressOf,
  aptosAuthenticationKeys,
  aptosMultiAuthenticationKey,
  decodeAptosAddress,
} from '../addresses/aptos-address.js';
import { type FamilySupport, isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { sameBytes } from '../encodings/binary-text.js';
import {
  type AptosMultiKey,
  aptosSignedBytes,
  decodeAptosKey,
  decodeAptosMultiKey,
  splitAptosMultiSignature,
} from '../schemes/aptos-key.js';
import { type AptosSignature, aptosMessageScheme, decodeAptosSignature } from '../schemes/aptos-message.js';
import { edwardsKey, type PublicKey, verifySignature, whyInvalidKey } from '../schemes/public-key.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { laterKeys, ownersAlone, verifyOneSigner } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['Ed25519 account', 'single-key account of Ed25519 or secp256k1', 'account of m of n Ed25519 keys'],
  schemes: ['Aptos message', 'raw Ed25519'],
  checked: 'the address is the authentication key of the key, or of keys and threshold; of several keys, enough signed',
  unproven: `objects; ${laterKeys}; ${ownersAlone}`,
  section: '13.12',
};

export const aptosFamily: OwnershipFamily<PlainNetwork, AptosAddress> = {
  decodeAddress: decodeAptosAddress,
  verify: (claim, address) =>
    verifyOneSigner(claim, address, {
      decode: decodeAptosAddress,
      // A wallet states the account that it signs for, which after a rotation is not its key's.
      verifySigner: (signature, signer) => verifyKey(claim, signature, signer, [signer, address]),
      evidence: "the account's authentication key, or the object's owner,",
    }),
  support: () => support,
};

/** Steps W5 to W7 for the account `address`; a wallet may have stated one of the addresses `statable`. */
function verifyKey(
  { script, message }: OwnershipClaim,
  text: string,
  address: AptosAddress,
  statable: readonly AptosAddress[],
): OwnershipVerdict {
  if (script === '') return failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  const key = decodeAptosKey(script);
  const multiKey = key === undefined ? decodeAptosMultiKey(script) : undefined;
  if (key === undefined && multiKey === undefined) {
    const several = '2 to 32 different ones and a threshold';
    return failed(
      'W5',
      'key-format',
      `expected an Ed25519 key of 32 bytes, secp256k1-pub-… or ${several}, in hexadecimal`,
    );
  }
  const decoded = decodeAptosSignature(text, message);
  if (decoded === undefined) return signatureFormat();
  const found = key === undefined ? verifySeveral(decoded, multiKey!) : verifyOne(decoded, key);
  if ('verdict' in found) return found;
  const { statedAddress, signed } = decoded;
  if (statedAddress !== undefined && !statable.some((one) => spells(statedAddress, one))) {
    return failed('W7', 'address-mismatch', `the wallet signed for ${statedAddress}`);
  }
  const account = found.accounts.find(({ bytes }) => sameBytes(bytes, address.bytes));
  if (account !== undefined) return verified(`${signed.scheme}, ${account.scheme}`);
  // After a rotation another key signs for the account; that is on the chain, not in the row.
  const signer = aptosAddressOf(found.accounts[0].bytes).canonical;
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${signer}`);
}

function signatureFormat(): OwnershipVerdict {
  const expected =
    '64 bytes in hexadecimal, alone or after aptos|…|nonce=…|, of several keys as many each and a bitmap';
  return failed('W5', 'signature-format', `expected ${expected}`);
}

/** The accounts that whoever signed has made. */
interface Signers {
  readonly accounts: readonly AptosAuthenticationKey[];
}

function verifyOne({ signature, signed }: AptosSignature, key: PublicKey): Signers | OwnershipVerdict {
  // The raw published form is one of Ed25519.
  const isForm = key.curve === 'ed25519' || signed.scheme === aptosMessageScheme;
  if (signature.length !== 64 || !isForm) return signatureFormat();
  if (!verifySignature(key, signature, aptosSignedBytes(signed.bytes, key), true)) {
    return whyInvalidKey(key) ?? failed('W6', 'signature', `the key did not sign the message as ${signed.scheme}`);
  }
  return { accounts: aptosAuthenticationKeys(key) };
}

function verifySeveral({ signature, signed }: AptosSignature, keys: AptosMultiKey): Signers | OwnershipVerdict {
  const parts = splitAptosMultiSignature(signature, keys);
  if (parts === undefined) return signatureFormat();
  for (const { member, signature: part } of parts) {
    const key = edwardsKey(keys.members[member]);
    if (verifySignature(key, part, signed.bytes, true)) continue;
    return whyInvalidKey(key) ?? failed('W6', 'signature', `key ${member + 1} did not sign as ${signed.scheme}`);
  }
  if (parts.length < keys.threshold) {
    return failed('W6', 'threshold', `expected signatures by ${keys.threshold} keys, found ${parts.length}`);
  }
  return { accounts: [{ scheme: 'account of several keys', bytes: aptosMultiAuthenticationKey(keys) }] };
}

function spells(text: string, address: AptosAddress): boolean {
  const decoded = decodeAptosAddress(text);
  return !isVerdict(decoded) && decoded.canonical === address.canonical;
}
