/** What the verifier says of one row of a wallet list (spec §13.1, §13.2); its codes are those of §13.16. */

/** `verified`: the key that controls the address signed the message. `failed`: a check found otherwise. `unproven`:
 * nothing here ties the signer to the address. `unsupported`: no rule for this network, address or signature. */
export type VerdictName = 'verified' | 'failed' | 'unproven' | 'unsupported';

/** A verdict; only `verified` counts anywhere. */
export interface OwnershipVerdict {
  readonly verdict: VerdictName;
  /** The numbered step of the specification that decided, such as `W6`. */
  readonly step: string;
  /** One name for the reason, in kebab case. */
  readonly code: string;
  /** What was expected and what was found, for people; for `unproven`, the evidence that would settle it. */
  readonly detail: string;
}

/** All checks passed; the detail names the form, as `support` does, and the kind of address: `EIP-191, account`. */
export function verified(detail: string): OwnershipVerdict {
  return { verdict: 'verified', step: 'W7', code: 'address-proven', detail };
}

/** A check found that the row does not prove what it claims. */
export function failed(step: string, code: string, detail: string): OwnershipVerdict {
  return { verdict: 'failed', step, code, detail };
}

/** Nothing offline ties the signer to the address; the detail names the evidence that would. */
export function unproven(step: string, code: string, detail: string): OwnershipVerdict {
  return { verdict: 'unproven', step, code, detail };
}

/** No rule covers this network, kind of address or form of signature. */
export function unsupported(step: string, code: string, detail: string): OwnershipVerdict {
  return { verdict: 'unsupported', step, code, detail };
}
