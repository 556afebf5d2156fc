/** Which form of a signed message is tried first, where a row does not say in which it was signed (spec §13.2). */
import { challengePrefix } from '@solvent/report-format/wallets/challenge';

/** Whether a message is one that wallets are asked to sign in their own form: a challenge. The fixed texts of published
 * lists are mostly signed in the published form. This decides how long a row takes and never its verdict, because a
 * signature in one form is none in another; and it is read from the row alone, so that no row changes another's. */
export function walletFormFirst(message: string): boolean {
  return message.startsWith(challengePrefix);
}
