/** Typed data that Starknet's accounts sign (SNIP-12): the published form, and Solvent's own statement (spec §15.13). */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  extendPedersen,
  feltOfBytes,
  feltOfKeccak,
  feltOfText,
  finishPedersen,
  pedersenStart,
  poseidonOf,
  shortTextMax,
} from './starknet-hash.js';

/** A hash that may have been signed, computed when it is needed. */
export interface StarknetDigest {
  readonly scheme: string;
  digest(): bigint;
}

const prefix = feltOfText('StarkNet Message');
const chain = feltOfText('SN_MAIN');

/** The hashes of a message for an account, in the order in which they are tried. */
export function starknetDigests(message: string, account: bigint): readonly StarknetDigest[] {
  const statement = { scheme: 'SNIP-12', digest: () => statementHash(message, account) };
  return isShortText(message)
    ? [{ scheme: 'published SNIP-12', digest: () => publishedHash(message, account) }, statement]
    : [statement];
}

/** Whether a text is one number in the published form; a text that is a number in digits would be that number. */
function isShortText(text: string): boolean {
  return text.length <= shortTextMax && /^[ -~]+$/.test(text) && !/^\s*(?:0[xX][0-9a-fA-F]+|[0-9]+)\s*$/.test(text);
}

const domainStart = pedersenStart(() => {
  const type = feltOfKeccak('StarkNetDomain(name:felt,version:felt,chainId:felt)');
  return [type, feltOfText('OKX POR MESSAGE'), 1n, chain];
});
const structStart = pedersenStart(() => [feltOfKeccak('Message(contents:felt)')]);
const messageStart = pedersenStart(() => [prefix, finishPedersen(domainStart())]);

/** Revision 0, hashed with Pedersen: the message as one number. */
function publishedHash(message: string, account: bigint): bigint {
  const struct = finishPedersen(extendPedersen(structStart(), [feltOfText(message)]));
  return finishPedersen(extendPedersen(messageStart(), [account, struct]));
}

/** Revision 1, hashed with Poseidon: the message as a text of any length. */
function statementHash(message: string, account: bigint): bigint {
  const domainType = feltOfKeccak(
    '"StarknetDomain"("name":"shortstring","version":"shortstring","chainId":"shortstring","revision":"shortstring")',
  );
  const domain = poseidonOf([domainType, feltOfText('Solvent wallet ownership'), 1n, chain, 1n]);
  const struct = poseidonOf([feltOfKeccak('"WalletOwnership"("message":"string")'), hashOfText(message)]);
  return poseidonOf([prefix, domain, account, struct]);
}

/** A text as a list: the number of whole words of 31 bytes, these, and the rest with its size. */
function hashOfText(text: string): bigint {
  const bytes = utf8ToBytes(text);
  const wholeCount = Math.floor(bytes.length / shortTextMax);
  const word = (i: number) => feltOfBytes(bytes.subarray(shortTextMax * i, shortTextMax * (i + 1)));
  const words = Array.from({ length: wholeCount }, (_, i) => word(i));
  return poseidonOf([BigInt(wholeCount), ...words, word(wholeCount), BigInt(bytes.length % shortTextMax)]);
}
