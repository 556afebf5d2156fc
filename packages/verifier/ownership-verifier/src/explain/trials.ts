/** One form of signed message, tried on one signature. */
import type { OwnershipVerdict } from '../verdict.js';

/**
 * `proves`: a signature in this form proves the address. `other-signer`: a signature in this form would be by somebody else.
 * `no`: the key did not sign in this form. `not-tried`: the row failed before.
 */
export type TrialResult = 'proves' | 'other-signer' | 'no' | 'not-tried';

export interface FormTrial {
  /** As `support` names it. */
  readonly form: string;
  /** Of the row, from 1; absent where the result is of all of them. */
  readonly signature?: number;
  readonly result: TrialResult;
  /** Who signed in this form, or would have: an address in canonical spelling. */
  readonly signer?: string;
}

/**
 * What the verdict of a family says of each of its forms: all are tried, and none fits when the signature is not valid. A
 * verified row of several keys names no form, since each may have signed in another: then nothing is said of any.
 */
export function trialsByVerdict(forms: readonly string[], verdict: OwnershipVerdict): readonly FormTrial[] {
  if (verdict.verdict === 'verified') {
    const named = forms.filter((form) => verdict.detail.startsWith(`${form},`));
    return named.length === 0 ? [] : forms.map((form) => ({ form, result: named.includes(form) ? 'proves' : 'no' }));
  }
  const wasTried = verdict.step === 'W6' && verdict.code === 'signature';
  return forms.map((form) => ({ form, result: wasTried ? 'no' : 'not-tried' }));
}
