/** What is wrong with JSON, for people: place and expectation. The library's own texts say only that it is invalid. */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type * as z from 'zod/mini';

/** The first thing that a check of a shape found. */
export function describeIssue({ issues: [issue] }: z.core.$ZodError): string {
  const place = issue.path.length === 0 ? '' : `at ${quoteExcerpt(issue.path.map(String).join('.'))}: `;
  return `${place}${expectation(issue)}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'unrecognized_keys':
      return `expected no member ${quoteExcerpt(issue.keys[0])}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `expected at most ${issue.maximum}`;
    case 'invalid_union':
      return issue.discriminator === undefined
        ? 'expected another value'
        : `expected a ${issue.discriminator} that is known`;
    default:
      return issue.message;
  }
}
