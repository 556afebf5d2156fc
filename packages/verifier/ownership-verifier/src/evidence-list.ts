/** Evidence from the chain as a file, and how a row finds its own (spec §13.15). */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { Decoded } from '@solvent/report-format/canonical-json';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { withoutByteOrderMark } from '@solvent/report-format/utf8';
import { isVerdict } from './claim.js';
import { familyOf } from './families.js';

/** The member `format` of a file of evidence. */
const evidenceFormat = 'solvent-wallet-evidence/1';
/** Most bytes of a file of evidence. */
export const maxEvidenceSize = 2 ** 26;

/** Deepest nesting of a file: more than any form needs, and little enough for whoever copies or walks through it. */
const depthMax = 16;

/** What the chain says of one address; the shape of `evidence` is the family's. */
export interface EvidenceEntry {
  /** Id of the network. */
  readonly network: string;
  /** In canonical spelling, in which `parseEvidence` gives it. */
  readonly address: string;
  readonly evidence: unknown;
}

/** Reads a file of evidence: its frame, not yet the evidence in it. Never throws. */
export function parseEvidence(text: string): Decoded<readonly EvidenceEntry[]> {
  let value: unknown;
  try {
    value = JSON.parse(withoutByteOrderMark(text));
  } catch (error) {
    return { ok: false, fault: `not JSON: ${quoteExcerpt(error instanceof Error ? error.message : '')}` };
  }
  const expected = `{"format":"${evidenceFormat}","entries":[…]}`;
  if (!hasMembers(value, ['format', 'entries']) || value.format !== evidenceFormat || !Array.isArray(value.entries)) {
    return { ok: false, fault: `expected ${expected}` };
  }
  if (isTooDeep(value)) return { ok: false, fault: `expected at most ${depthMax} lists and objects in one another` };
  const seen = new Set<string>();
  const entries: EvidenceEntry[] = [];
  for (const [i, item] of value.entries.entries()) {
    const entry = readEntry(item, seen);
    if (typeof entry === 'string') return { ok: false, fault: `entries[${i}]: ${entry}` };
    entries.push(entry);
  }
  return { ok: true, value: entries };
}

// Without recursion, which is what a file that is too deep would exhaust.
function isTooDeep(value: object): boolean {
  let level: object[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === depthMax) return true;
    level = level.flatMap((one) => Object.values(one).filter((item) => typeof item === 'object' && item !== null));
  }
  return false;
}

function hasMembers(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
}

/** The entry, its address in canonical spelling; or in words what is wrong with it. */
function readEntry(entry: unknown, seen: Set<string>): EvidenceEntry | string {
  if (!hasMembers(entry, ['network', 'address', 'evidence'])) return 'expected network, address and evidence';
  const { network: id, address: text, evidence } = entry;
  if (typeof id !== 'string' || typeof text !== 'string') return 'expected network and address as strings';
  const network = findNetwork(id);
  const address = network && familyOf(network).decodeAddress(text, network);
  if (network?.id !== id || address === undefined || isVerdict(address)) {
    return `expected an address of a known network, got ${quoteExcerpt(text)}`;
  }
  const key = evidenceKey(network.id, address.canonical);
  if (seen.has(key)) return `expected each address once, got ${quoteExcerpt(text)} again`;
  seen.add(key);
  return { network: network.id, address: address.canonical, evidence };
}

/** Finds the evidence for an address by its network's id and canonical spelling. Decodes nothing: that is slow, and every
 * thread that verifies has a lookup of its own. */
export function createEvidenceLookup(
  entries: readonly EvidenceEntry[],
): (network: string, canonicalAddress: string) => unknown {
  const byKey = new Map(entries.map(({ network, address, evidence }) => [evidenceKey(network, address), evidence]));
  return (network, canonicalAddress) => byKey.get(evidenceKey(network, canonicalAddress));
}

function evidenceKey(id: string, canonicalAddress: string): string {
  return JSON.stringify([id, canonicalAddress]);
}
