/** The table of kinds of sources for the guide (docs/balances.md), made of the kinds themselves. */
import { networks } from '@solvent/report-format/networks/networks';
import { sourceKinds } from '../../src/source-kinds.js';

const familyNames: Readonly<Record<string, string>> = { evm: 'all EVM networks', bitcoin: "all of Bitcoin's family" };
/** More ids than these stand in a line of their own below the table. */
const idsInTableMax = 6;

/** Markdown: a row for each kind, and the chains of those that know many. */
export function describeKinds(): string {
  const head = ['kind', 'networks', 'balances of', 'of which block'];
  const rows = sourceKinds.map((one) => {
    const { kind, assets, balancesAt } = one;
    return [`\`${kind}\``, networksText(one), assets, balancesAt];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => [...row[column]].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column] - [...cell].length)).join(' | ')} |`;
  const table = [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)];
  const lists = sourceKinds.flatMap((one) => {
    const ids = idsOf(one);
    const isListed = ids.length > idsInTableMax && familyNames[familyOf(one)] === undefined;
    return isListed ? ['', `Chains that \`${one.kind}\` knows: ${ids.join(', ')}.`] : [];
  });
  return [...table, ...lists].join('\n');
}

type Kind = (typeof sourceKinds)[number];

function idsOf({ knows }: Kind): readonly string[] {
  return networks.filter(knows).map(({ id }) => id);
}

function familyOf({ knows }: Kind): string {
  return networks.find(knows)?.family ?? '';
}

function networksText(kind: Kind): string {
  const ids = idsOf(kind);
  const family = familyOf(kind);
  if (familyNames[family] !== undefined) return familyNames[family];
  return ids.length > idsInTableMax ? `${ids.length} chains, see below` : ids.join(', ');
}
