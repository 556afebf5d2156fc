/** What a person can do about a check that has failed. */
import { strings } from './strings/en.js';

/** Advice on an inclusion file that was rejected at a step with a code (spec §8.5). */
export function adviceOn(step: string, code: string): string {
  const { advice } = strings;
  if (step === 'I4') return code === 'account-id' ? advice.accountId : advice.accountsPath;
  switch (code) {
    case 'manifest-digest':
      return advice.otherDigest;
    case 'inclusion-encoding':
    case 'openings-encoding':
      return advice.brokenFile;
    case 'other-report':
      return advice.otherReport;
    case 'balances':
      return advice.otherBalances;
    case 'shared-row':
      return advice.sharedRow;
    case 'header-unverified':
      return advice.reportFails;
    default:
      return step === 'I5' ? advice.notInTable : advice.impossibleRows;
  }
}
