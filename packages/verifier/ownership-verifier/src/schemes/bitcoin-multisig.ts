/** Scripts of m of n keys: which of them an address can have, and whether enough of the keys signed (spec §13.6). */

import { sameBytes } from '../encodings/binary-text.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';
import { endsAsMultisig, type MultisigScript, parseMultisig } from './bitcoin-script.js';
import type { CurvePoint } from './raw-ecdsa.js';

/** Longest element on a script's stack, and so longest script behind a P2SH address (BIP-16). */
const redeemScriptBytesMax = 520;

/** Step W5: the multisig script in these bytes, if coins sent to it can be spent; `segwit` where it is a witness script. */
export function readMultisig(bytes: Uint8Array, segwit: boolean): MultisigScript | OwnershipVerdict {
  const script = parseMultisig(bytes);
  if (script === undefined) {
    if (!endsAsMultisig(bytes)) return unsupported('W5', 'script-kind', 'no rule for scripts other than m of n keys');
    return failed('W5', 'script-format', 'expected m of n different keys, 1 ≤ m ≤ n ≤ 16, and nothing else');
  }
  if (segwit && !script.compressed) return failed('W5', 'script-format', 'segwit wants keys of 33 bytes');
  if (!segwit && bytes.length > redeemScriptBytesMax) {
    return failed('W5', 'script-format', `expected at most ${redeemScriptBytesMax} bytes, found ${bytes.length}`);
  }
  return script;
}

/**
 * Step W6 for signatures of a message: each is by a key of the script, no two by the same, and they are enough. `signers`
 * has for each signature the keys that it may be by. Returns the verdict against, or undefined.
 */
export function checkThreshold(
  script: Pick<MultisigScript, 'threshold' | 'keys'>,
  signers: readonly (readonly CurvePoint[])[],
): OwnershipVerdict | undefined {
  const used = new Set<number>();
  for (const [index, candidates] of signers.entries()) {
    const short = candidates.map((candidate) => candidate.toBytes(true));
    const key = script.keys.findIndex((member) => short.some((bytes) => sameBytes(bytes, member)));
    if (key === -1) return failed('W6', 'signature', `signature ${index + 1} is by no key of the script`);
    if (used.has(key))
      return failed('W6', 'repeated-key', `signature ${index + 1} is by key ${key + 1}, which has signed`);
    used.add(key);
  }
  if (used.size >= script.threshold) return undefined;
  return failed('W6', 'threshold', `expected signatures by ${script.threshold} keys, found ${used.size}`);
}
