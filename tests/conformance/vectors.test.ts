/** Runs every vector of vectors/ against the code. A file that nobody knows how to check fails. */
import fs from 'node:fs';
import path from 'node:path';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { documentedCodes } from '@solvent/scripts/spec-problems';
import {
  type VectorFile as CheckedFile,
  codeProblems,
  constraintProblems,
  mutationProblems,
} from '@solvent/scripts/vector-problems';
import { describe, expect, it } from 'vitest';
import * as algebra from './check-algebra.js';
import * as commitments from './check-commitments.js';
import * as fullReports from './check-full-reports.js';
import * as protocol from './check-protocol.js';
import * as reports from './check-reports.js';
import * as wallets from './check-wallets.js';
import { findSchemaFaults } from './json-schema.js';
import { besideVector, payloadNames, schemas, specFolder, type VectorFile, vectorFiles } from './vector-files.js';

/** A case has the members that its file's schema asks for, which is checked first. */
type Checker = (vector: never, file: VectorFile) => void | Promise<void>;

const checkers: Readonly<Record<string, Checker>> = {
  field: algebra.checkField,
  extension: algebra.checkExtension,
  domain: algebra.checkDomain,
  ntt: algebra.checkNtt,
  hash: commitments.checkHash,
  encoding: commitments.checkEncoding,
  merkle: commitments.checkMerkle,
  transcript: commitments.checkTranscript,
  'proof-of-work': commitments.checkProofOfWork,
  'account-tag': protocol.checkAccountTag,
  table: protocol.checkTable,
  statement: protocol.checkStatement,
  'public-values': protocol.checkPublicValues,
  air: protocol.checkAir,
  trace: protocol.checkTrace,
  words: protocol.checkWords,
  fold: protocol.checkFold,
  fibres: protocol.checkFibres,
  digests: protocol.checkDigest,
  ledger: reports.checkLedger,
  challenges: reports.checkChallenges,
  report: reports.checkReport,
  inclusion: reports.checkInclusion,
  wallet: wallets.checkWallet,
  'wallet-list': wallets.checkWalletList,
  'wallet-challenge': wallets.checkWalletChallenge,
  'wallet-sums': wallets.checkWalletSums,
  coin: wallets.checkCoin,
  address: wallets.checkAddress,
  document: wallets.checkDocument,
  'full-report': fullReports.checkFullReport,
  ratio: fullReports.checkRatio,
  anchor: fullReports.checkAnchor,
  chain: fullReports.checkChain,
};

describe.each(vectorFiles.map((file) => [file.name, file] as const))('%s', (_, { name: __, ...content }) => {
  const file = { ...content, name: __ };

  it('satisfies the schema of its kind', () => {
    expect(schemas[file.kind], `a schema for kind ${file.kind}`).toBeDefined();
    expect(findSchemaFaults(schemas[file.kind], content)).toEqual([]);
  });

  it.each(file.cases.map((vector) => [vector.id, vector] as const))('%s', async (_, vector) => {
    expect(checkers[file.kind], `a check for kind ${file.kind}`).toBeDefined();
    await checkers[file.kind](vector as never, file);
  });
});

/** The files that a vector file names. */
interface NamedFiles {
  readonly manifest?: string;
  readonly proofs?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

describe('the vectors together', () => {
  const files = vectorFiles as unknown as CheckedFile[];
  const read = (name: string) => fs.readFileSync(path.join(specFolder, name), 'utf8');

  it('have a schema and a check for the same kinds, and every kind is used', () => {
    const used = [...new Set(vectorFiles.map(({ kind }) => kind))].sort();
    expect(Object.keys(schemas).sort()).toEqual(used);
    expect(Object.keys(checkers).sort()).toEqual(used);
  });

  it('name every other file', () => {
    const named = vectorFiles.flatMap((file) => {
      const { manifest, proofs, files: paths } = file as VectorFile & NamedFiles;
      const files = file.kind === 'inclusion' ? file.cases.map((vector) => (vector as reports.InclusionCase).file) : [];
      return [manifest, ...(proofs ?? []), ...files, ...Object.values(paths ?? {})].flatMap((name) =>
        name ? besideVector(file, name) : [],
      );
    });
    expect(payloadNames.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('cite sections that exist', () => {
    const chapters = fs.readdirSync(specFolder).filter((name) => /^\d\d-.*\.md$/.test(name));
    const sections = chapters.flatMap((name) =>
      [...read(name).matchAll(/^## (\d+\.\d+) /gm)].map(([, number]) => number),
    );
    expect(vectorFiles.flatMap(({ spec }) => spec).filter((number) => !sections.includes(number))).toEqual([]);
  });

  it('are each one change of a named valid one, or say why not', () => {
    expect(mutationProblems(files)).toEqual([]);
  });

  it('fail with every code, and with none that is not documented', () => {
    const chapters = ['08-verification.md', '13-wallet-ownership.md', '14-reports.md'];
    const codes = chapters.map((name) => documentedCodes(read(name)));
    for (const one of codes) expect(one.length).toBeGreaterThan(30);
    expect(codeProblems(files, codes.flat(), codes.flat())).toEqual([]);
  });

  it('violate every constraint alone', () => {
    const names = liabilitiesAir.constraints.map(({ name }) => name);
    expect(constraintProblems(files, names)).toEqual([]);
  });
});
