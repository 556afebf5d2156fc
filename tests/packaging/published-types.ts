import fs from 'node:fs';
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** What these packages do on purpose: they are modules only, for tools that read `exports`. */
const intended: readonly string[] = ['NoResolution node10', 'CJSResolvesToESM node16-cjs'];

/** A problem's kind and the way of resolving in which it shows. */
function describe(problem: Problem): string {
  const where =
    'resolutionKind' in problem
      ? problem.resolutionKind
      : 'resolutionOption' in problem
        ? problem.resolutionOption
        : 'everywhere';
  return `${problem.kind} ${where}`;
}

/** What is wrong with the types of a tarball, at any of the subpaths, as bundlers and Node resolve them. */
export async function typeProblems(tarball: string, subpaths: readonly string[]): Promise<string[]> {
  if (subpaths.length === 0) return [];
  const pkg = createPackageFromTarballData(fs.readFileSync(tarball));
  const entrypoints = subpaths.map((subpath) => `.${subpath.slice(pkg.packageName.length)}`);
  const result = await checkPackage(pkg, { entrypoints });
  if (!result.types) return ['no types'];
  const missing = entrypoints.filter(
    (entry) => result.entrypoints[entry]?.resolutions.bundler.resolution === undefined,
  );
  const problems = new Set(result.problems.map(describe).filter((problem) => !intended.includes(problem)));
  return [...missing.map((entry) => `${entry} does not resolve`), ...problems];
}

/** What publint finds in a tarball, suggestions included. */
export async function publishProblems(tarball: string): Promise<string[]> {
  const bytes = fs.readFileSync(tarball);
  const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: data }, level: 'suggestion', strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}
