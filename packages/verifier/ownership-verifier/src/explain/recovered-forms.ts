/** Who signed in each of several forms, where the signature gives its key: EVM networks, Tron. */
import { decodeEvmSignatures, recoverEvmSigner } from '../schemes/evm-signature.js';
import type { SignedDigest } from '../schemes/signed-digest.js';
import type { FormTrial } from './trials.js';

/** Tries all digests on each of a row's signatures; `spell` writes an account of `0x` and 40 digits as the network does. */
export function tryRecoveredForms(
  signatures: readonly string[],
  expected: string,
  digests: readonly SignedDigest[],
  spell: (account: string) => string = (account) => account,
): readonly FormTrial[] {
  return signatures.flatMap((text, i): FormTrial[] => {
    const decoded = decodeEvmSignatures(text, 1);
    const signature = i + 1;
    if ('verdict' in decoded) return digests.map(({ scheme: form }) => ({ form, signature, result: 'not-tried' }));
    return digests.map((digest): FormTrial => {
      const form = digest.scheme;
      const found = recoverEvmSigner(decoded[0], [digest], () => true);
      if (!found.ok) return { form, signature, result: 'no' };
      const signer = spell(found.account);
      return { form, signature, result: signer === expected ? 'proves' : 'other-signer', signer };
    });
  });
}
