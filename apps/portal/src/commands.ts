/** The commands with which somebody checks a report without this page and without whoever serves it. */

/** A report whose files are somewhere on the web. */
export interface PublishedReport {
  /** Where the directory of reports is, with a slash at the end. */
  readonly base: string;
  readonly folder: string;
  /** Every file of the folder. */
  readonly paths: readonly string[];
  /** Digest of the manifest, 64 hexadecimal digits. */
  readonly manifest: string;
  /** Digest of the report. */
  readonly digest: string;
}

export type PartName = 'binding' | 'liabilities' | 'ownership' | 'reserves' | 'ratio';

const proofPattern = /^proofs\/segment-([0-9]{4})\.bin$/;

/** Commands that fetch all files of a report into a folder of its name. */
export function downloadCommands({ base, folder, paths }: PublishedReport): string[] {
  const proofs = paths.flatMap((path) => proofPattern.exec(path)?.[1] ?? []).sort();
  const others = paths.filter((path) => !proofPattern.test(path));
  const fetchAs = (target: string, source: string) =>
    `curl --fail --create-dirs -o '${folder}/${target}' '${base}${folder}/${source}'`;
  return [
    fetchAs('#1', `{${others.join(',')}}`),
    ...(proofs.length > 0
      ? [fetchAs('proofs/segment-#1.bin', `proofs/segment-[${proofs[0]}-${proofs.at(-1)}].bin`)]
      : []),
  ];
}

/** The command that checks one part, and all others with it. */
export function checkCommand({ folder, digest, manifest }: PublishedReport, part: PartName): string {
  switch (part) {
    case 'binding':
      return `solvent verify ${folder} --anchor ${digest}`;
    case 'liabilities':
      return `solvent verify ${folder} --manifest ${manifest}`;
    case 'ownership':
      return `solvent verify ${folder} --anchor ${digest} --json`;
    case 'reserves':
      return `solvent verify ${folder} --anchor ${digest} --rpc nodes.json`;
    case 'ratio':
      return `solvent verify ${folder} --anchor ${digest} --min-ratio 100`;
  }
}
