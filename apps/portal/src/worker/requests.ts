/** What the page asks the worker, and what it answers: plain data, so that it can go from thread to thread. */
import type { Asset } from '@solvent/report-format/assets';
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import type { AssetReserves } from '@solvent/reserves-verifier/verify-reserves';
import type { Rejection } from '@solvent/stark/verdict';

/** A report as the index of reports names it. */
export interface ListedReport {
  readonly folder: string;
  readonly reportId: string;
  readonly snapshotTime: string;
  /** Digest of the report, 64 hexadecimal digits. */
  readonly report: string;
  /** What the chain says of it (spec §14.6); undefined where the chain does not hold. */
  readonly chained: ChainedReport | undefined;
}

/** A report of a chain that holds. */
export interface ChainedReport {
  /** Digest of its manifest, 64 hexadecimal digits. */
  readonly manifest: string;
  readonly previousReport: string | null;
  /** Bytes of all files that the report binds, and of its proofs alone. */
  readonly totalSize: number;
  readonly proofsSize: number;
  readonly rowCount: number;
  readonly assets: readonly Asset[];
}

/** The reports that there are, the first one first, and whether they are a chain. */
export interface ReportList {
  readonly exchange: string;
  readonly reports: readonly ListedReport[];
  readonly chain: { readonly ok: true } | Rejection;
}

/** A report whose liabilities have been verified. */
export interface OpenedReport {
  readonly ok: true;
  readonly folder: string;
  readonly manifestDigest: string;
  readonly exchange: string;
  readonly reportId: string;
  readonly snapshotTime: string;
  readonly assets: readonly Asset[];
  readonly milliseconds: number;
}

/** One balance, in units of 10^−decimals. */
export interface Balance extends Asset {
  readonly units: bigint;
}

/** An account that is in the totals. */
export interface AcceptedInclusion {
  readonly ok: true;
  readonly segment: number;
  readonly rows: readonly number[];
  readonly balances: readonly Balance[];
  readonly digestCompared: boolean;
  readonly milliseconds: number;
}

/** A row of the wallet list with its verdict. */
export interface WalletLine {
  readonly line: number;
  readonly asset: string;
  readonly network: string;
  readonly address: string;
  readonly verdict: 'verified' | 'failed' | 'unproven' | 'unsupported';
  readonly step: string;
  readonly code: string;
  readonly detail: string;
  readonly isDuplicate: boolean;
}

/** A report with a verdict on each of its parts. */
export interface CheckedReport {
  readonly ok: boolean;
  readonly folder: string;
  /** What it was compared with. */
  readonly known: Known;
  readonly milliseconds: number;
  readonly binding:
    | {
        readonly ok: true;
        readonly manifest: string;
        /** Every file of the report's folder, the report and its signature first. */
        readonly paths: readonly string[];
        /** How many files the report binds by size and digest. */
        readonly boundCount: number;
        readonly digest: string;
        readonly signedBy: string | undefined;
        /** Whether it has the digest that somebody knows from elsewhere. */
        readonly anchored: boolean;
      }
    | Rejection;
  readonly liabilities: { readonly ok: true; readonly rowCount: number; readonly segmentCount: number } | Rejection;
  readonly ownership: ({ readonly ok: true } | Rejection) & {
    readonly counts?: Readonly<Record<WalletLine['verdict'], number>>;
    readonly duplicateCount?: number;
    readonly wallets?: readonly WalletLine[];
  };
  readonly reserves:
    | { readonly ok: true; readonly assets: readonly AssetReserves[]; readonly uncountedCount: number }
    | Rejection;
  readonly ratio: ({ readonly ok: true } | Rejection) & { readonly ratios?: readonly AssetRatio[] };
}

/** What somebody knows of a report from elsewhere, each 64 hexadecimal digits. */
export interface Known {
  readonly anchor?: string;
  readonly exchangeKey?: string;
}

/** How far a request is. */
export interface Progress {
  readonly phase: 'files' | 'proofs' | 'wallets';
  readonly done: number;
  readonly count: number;
  /** Bytes that have come over the network for this request. */
  readonly bytes: number;
}

/** Requests by kind, with their answers. */
export interface Exchanges {
  /** Reads the index and checks the chain. */
  list: { request: { readonly base: string }; answer: ReportList };
  /** Fetches and verifies what inclusion is checked against; at once when that has been done. */
  open: { request: { readonly folder: string }; answer: OpenedReport | Rejection };
  /** Checks an inclusion file against an opened report: nothing is fetched. */
  inclusion: {
    request: {
      readonly folder: string;
      readonly file: Uint8Array;
      readonly accountId: string;
      readonly manifestDigest: string | undefined;
    };
    answer: AcceptedInclusion | Rejection;
  };
  /** Verifies a whole report. */
  report: {
    request: {
      readonly folder: string;
      readonly known: Known;
      /** The digest that the list of reports names. It has to be the report's, but nobody knows it from elsewhere. */
      readonly listedDigest?: string;
    };
    answer: CheckedReport;
  };
}

export type Kind = keyof Exchanges;
export type RequestMessage = { [K in Kind]: { id: number; kind: K } & Exchanges[K]['request'] }[Kind];
export type ResponseMessage =
  | { id: number; progress: Progress }
  | { id: number; answer: Exchanges[Kind]['answer'] }
  /** What kept the worker from an answer: neither passed nor failed. */
  | { id: number; failure: string };
