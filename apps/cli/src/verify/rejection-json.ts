/** A rejection for programs, the same wherever there can be one. */
import type { Rejection } from '@solvent/stark/verdict';

/** A rejection, or null. */
export function rejectionJson(verdict: { readonly ok: true } | Rejection) {
  return verdict.ok ? null : { step: verdict.step, code: verdict.code, detail: verdict.detail };
}
