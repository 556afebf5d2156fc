/** The first part of a report: the files are those that the report binds, and it is the one that is meant (spec §14.1). */
import { bytesEqual, bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import {
  decodeReport,
  evidenceFileName,
  findOrderFault,
  type Report,
  reportDigest,
  reportFileDigest,
  reportFileName,
  signatureFileName,
  walletsFileName,
} from '@solvent/report-format/report';
import { reservesFileName } from '@solvent/report-format/reserves';
import { type Rejection, reject } from '@solvent/stark/verdict';
import { type SignatureOptions, verifySignature } from './verify-signature.js';

/** The files of a report's folder. */
export interface ReportFiles {
  /** The bytes of a file, or undefined if there is none; asked for paths that the report names and for fixed ones. */
  read(path: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** All paths in the folder, where they can be listed: then a file that the report does not bind is found. */
  readonly paths?: readonly string[];
}

/** What the caller knows of the report from elsewhere. */
export interface BindingOptions extends SignatureOptions {
  /** The report's digest, 32 bytes, from a place where everybody sees the same one. */
  readonly anchor?: Uint8Array;
  /** Called after each file. */
  readonly onFile?: (done: number, count: number) => void;
}

/** A report that could be read, of which something else is wrong. */
export interface FaultyReport extends Rejection {
  readonly report: Report;
}

/** A report whose files are all there, unchanged. */
export interface BoundReport {
  readonly ok: true;
  readonly report: Report;
  /** The report's digest, 32 bytes. */
  readonly digest: Uint8Array;
  /** The exchange's public key, when the report is signed: it proves something to those who know whose key it is. */
  readonly signedBy: string | undefined;
  /** Whether the digest was compared with an anchor. */
  readonly anchored: boolean;
  /** Wallet list, evidence and balances, with their digests compared. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** What later steps read of the files; the others would only fill the memory. */
const keptPaths: ReadonlySet<string> = new Set([walletsFileName, evidenceFileName, reservesFileName]);

/** Steps P1 to P3. */
export async function verifyBinding(
  files: ReportFiles,
  options: BindingOptions = {},
): Promise<BoundReport | FaultyReport | Rejection> {
  // P1: the report is in its format, and it is the one that the caller means.
  const bytes = await readCopy(files, reportFileName);
  if (bytes === undefined) return reject('P1', 'report-missing', `expected the file ${reportFileName}`);
  const decoded = decodeReport(bytes);
  if (!decoded.ok) return reject('P1', 'report-encoding', decoded.fault);
  const report = decoded.value;
  const orderFault = findOrderFault(report);
  if (orderFault !== undefined) return reject('P1', 'report-order', orderFault);
  const digest = reportDigest(bytes);
  if (options.anchor !== undefined && !bytesEqual(options.anchor, digest)) {
    const detail = `expected the report ${bytesToHex(options.anchor)}, found ${bytesToHex(digest)}`;
    return reject('P1', 'anchor', detail);
  }

  // P2: the exchange's signature, where there is one or the caller asks for one.
  const signature = verifySignature(await readCopy(files, signatureFileName), digest, options);
  if (!signature.ok) return { ...signature, report };

  // P3: every file is there with its size and digest, and no other one is.
  const contents = new Map<string, Uint8Array>();
  const fault = await readFiles(files, report, contents, options.onFile);
  if (fault !== undefined) return { ...fault, report };
  const anchored = options.anchor !== undefined;
  return { ok: true, report, digest, signedBy: signature.publicKey, anchored, contents };
}

async function readFiles(
  files: ReportFiles,
  report: Report,
  contents: Map<string, Uint8Array>,
  onFile: BindingOptions['onFile'],
): Promise<Rejection | undefined> {
  for (const [i, { path, size, digest }] of report.files.entries()) {
    const bytes = await readCopy(files, path);
    if (bytes === undefined) return reject('P3', 'file-missing', `expected the file ${path}`);
    if (bytes.length !== size)
      return reject('P3', 'file-size', `${path}: expected ${size} bytes, found ${bytes.length}`);
    if (!bytesEqual(reportFileDigest(bytes), hexToBytes(digest))) {
      return reject('P3', 'file-digest', `${path}: its bytes are not those that the report was made with`);
    }
    if (keptPaths.has(path)) contents.set(path, bytes);
    onFile?.(i + 1, report.files.length);
  }
  const bound = new Set([reportFileName, signatureFileName, ...report.files.map(({ path }) => path)]);
  const stray = files.paths?.find((path) => !bound.has(path));
  return stray === undefined
    ? undefined
    : reject('P3', 'file-unlisted', `${stray}: the report does not bind this file`);
}

/** A copy, so that what is checked is what was hashed, whatever memory the caller shares. */
async function readCopy(files: ReportFiles, path: string): Promise<Uint8Array | undefined> {
  const bytes = await files.read(path);
  return bytes === undefined ? undefined : new Uint8Array(bytes);
}
