// Files with two faults: the first one in the order of spec §8 decides (§8.1).
import { withDigests, withProofDigest } from './proof-lies.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {import('./manifest-lies.js').Lie} Lie */
/** @typedef {import('./inclusion-lies.js').Lie} InclusionLie */

/** Ids of lies: what is reported, and what a verifier that checks in another order would report. */
const pairs = [
  ['encoding-white-space', 'preset-digest'],
  ['preset-digest', 'air-digest'],
  ['air-digest', 'assets-twice'],
  ['assets-twice', 'limits-rows'],
  ['limits-rows', 'totals-sum'],
  ['totals-sum', 'proof-missing'],
  ['proof-size', 'header-magic'],
  ['proof-digest', 'header-magic'],
  ['header-magic', 'accounts-root'],
  ['accounts-root', 'header-trace-root'],
  ['header-trace-root', 'constraints-opening'],
  ['constraints-opening', 'nonce'],
  ['nonce', 'queries-short'],
  ['queries-short', 'trace-salt'],
  ['trace-salt', 'auxiliary-salt'],
  ['auxiliary-leaf', 'quotient-leaf'],
  ['quotient-leaf', 'layer-0-value'],
];

/** The same for reports of several segments: all steps of a segment come before the first one of the next. */
const segmentPairs = [
  ['proof-digest', 'proof-missing'],
  ['layer-1-sibling', 'proof-missing'],
];

/**
 * Pairs of a report's lies.
 * @param {MadeReport} report
 * @param {Lie[]} lies
 * @returns {Lie[]}
 */
export function orderLies(report, lies) {
  const named = (/** @type {string} */ id) => {
    const found = lies.find(([name]) => name === id);
    if (found === undefined) throw new Error(`order of checks: there is no lie ${id}`);
    return found;
  };
  return [...pairs, ...(report.proofs.length > 1 ? segmentPairs : [])].map(([first, second]) =>
    bothLies(report, named(first), named(second)),
  );
}

/** The same for an inclusion file, and for what the holder says of it. */
const inclusionPairs = [
  ['header-unverified', 'preset'],
  ['preset', 'manifest-digest'],
  ['manifest-digest', 'encoding-empty'],
  ['encoding-white-space', 'other-report'],
  ['other-report', 'segment'],
  ['segment', 'row-carry'],
  ['row-carry', 'row-asset'],
  ['row-unused', 'row-mask'],
  ['row-mask', 'openings-base64'],
  ['openings-short', 'account-empty'],
  ['account-long', 'other-nonce'],
  ['other-salt', 'layer-sibling'],
  ['layer-value', 'balance-more'],
  ['balance-more', 'shared-row'],
];

/**
 * Pairs of lies about an inclusion.
 * @param {InclusionLie[]} lies
 * @returns {InclusionLie[]}
 */
export function inclusionOrderLies(lies) {
  const named = (/** @type {string} */ id) => {
    const found = lies.find(([name]) => name === id);
    if (found === undefined) throw new Error(`order of checks: there is no lie ${id}`);
    return found;
  };
  return inclusionPairs.map(([firstId, secondId]) => {
    const [[id, step, code, , edits, said], [otherId, otherStep, otherCode, , otherEdits, otherSaid]] = [
      named(firstId),
      named(secondId),
    ];
    const comment = `both ${id} and ${otherId}, which by itself is ${otherStep} ${otherCode}`;
    const both = { ...otherSaid, ...said };
    return [`${id}-before-${otherId}`, step, code, comment, [...otherEdits, ...edits], both, ['two-faults']];
  });
}

/**
 * Two lies in one report. Digests are made right again as far as the first one needs it to be reached.
 * @param {MadeReport} report
 * @param {Lie} first
 * @param {Lie} second
 * @returns {Lie}
 */
function bothLies(report, [id, step, code, , firstEdits], [otherId, otherStep, otherCode, , secondEdits]) {
  const changes = [...secondEdits, ...firstEdits].filter(({ repair }) => !repair);
  const edits = repaired(report, step, changes);
  const comment = `both ${id} and ${otherId}, which by itself is ${otherStep} ${otherCode}`;
  return [`${id}-before-${otherId}`, step, code, comment, edits, ['two-faults']];
}

/**
 * @param {MadeReport} report
 * @param {string} step
 * @param {Edit[]} edits
 */
function repaired(report, step, edits) {
  if (step.startsWith('M')) return edits;
  return step === 'V3' ? withProofDigest(report, edits) : withDigests(report, 0, edits);
}
