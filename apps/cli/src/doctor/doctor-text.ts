/** What the doctor found, for people. */

import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { SegmentTable } from '@solvent/ledger/place-rows';
import { countOf, formatCount, formatDuration, formatSize } from '../human-text.js';
import { escapeUnsafe } from '../terminal.js';
import type { Finding } from './check-table.js';
import type { ExaminedReport, ExaminedSegment } from './examine-report.js';
import type { ExaminedTable } from './examine-table.js';
import type { Parting } from './replay-proof.js';

/** A report that was examined. */
export function describeExaminedReport({ rejection, manifestMs, segments }: ExaminedReport): string {
  const manifest = rejection
    ? `manifest          ${rejection.step} ${rejection.code}: ${escapeUnsafe(rejection.detail)}`
    : `manifest          M1 to M4 passed, ${formatDuration(manifestMs)}`;
  return `${[manifest, ...segments.map(describeSegment)].join('\n')}\n`;
}

function describeSegment({ segment, rowCount, proofBytes, isNamed, rejection, verifyMs }: ExaminedSegment): string {
  const size = proofBytes === undefined ? 'no proof' : `a proof of ${formatSize(proofBytes)}`;
  const verdict = rejection
    ? `${rejection.step} ${rejection.code}: ${escapeUnsafe(rejection.detail)}`
    : `V1 to V8 passed, ${formatDuration(verifyMs)}`;
  const name = isNamed || proofBytes === undefined ? '' : ', not the file that the manifest names (M5)';
  return `segment ${String(segment).padEnd(10)}${formatCount(rowCount)} rows, ${size}${name}\n                  ${verdict}`;
}

/** Where two transcripts part. */
export function describeParting(
  parting: Parting | undefined,
  names: readonly [string, string],
  length: number,
): string {
  if (parting === undefined) return `The transcripts are equal: ${countOf(length, 'line')}.\n`;
  const ended = '(nothing: it has ended)';
  return [
    `The transcripts part at line ${parting.line}: what is absorbed or drawn there differs, and so does all that follows.`,
    `  ${names[0]}: ${parting.first ?? ended}`,
    `  ${names[1]}: ${parting.second ?? ended}`,
    '',
  ].join('\n');
}

/** A table that was examined; with the table given, the values of the columns that findings name. */
export function describeExaminedTable(examined: ExaminedTable, shown: SegmentTable | undefined): string {
  const { rowCount, assetCount, findings, phases, verdict, parting } = examined;
  const head = `a table of ${formatCount(rowCount)} rows, ${countOf(assetCount, 'asset')}`;
  if (findings.length > 0) {
    return `${head}: ${countOf(findings.length, 'finding')}\n${findings.map((each) => describeFinding(each, shown)).join('')}`;
  }
  const times = phases.map(({ phase, ms }) => `  ${phase.padEnd(16)}${formatDuration(ms)}`);
  const transcripts = describeParting(parting, ['prover', 'verifier'], 0).split('\n')[0];
  return [
    `${head}: every constraint holds on every row`,
    'proven with the toy preset, which no verifier accepts of a report:',
    ...times,
    `the verifier      ${verdict}`,
    parting === undefined ? 'transcripts       equal' : transcripts,
    '',
  ].join('\n');
}

function describeFinding({ constraint, meaning, row, columns, explanation }: Finding, shown?: SegmentTable): string {
  const value = (name: string) => {
    const column = liabilitiesAir.columns.findIndex((each) => each.name === name && each.group === 'user');
    return shown === undefined || column === -1 ? name : `${name} = ${shown.columns[column][row]}`;
  };
  const listed =
    columns.length > 6
      ? `${columns.slice(0, 6).map(value).join(', ')} and ${columns.length - 6} more`
      : columns.map(value).join(', ');
  return `\n${constraint} on row ${row}   ${meaning}\n  columns   ${listed}\n  why       ${explanation}\n`;
}
