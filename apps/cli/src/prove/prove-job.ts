/** What `prove` is asked to make, what it tells on the way, and what it says at the end: plain data. */
import type { SourceProgress } from '@solvent/ledger-sources/source-options';
import type { Asset } from '@solvent/report-format/assets';
import type { ProverPhase } from '@solvent/stark-prover/prove';
import type { StoreKeyChoice } from './store-key-choice.js';

/** One report to make. */
export interface ProveJob {
  /** A CSV or Parquet file, or the settings of a database: its ending says which. */
  readonly accountsFile: string;
  readonly assetsFile: string;
  readonly exchange: string;
  readonly reportId: string;
  /** RFC 3339, UTC, to the second. */
  readonly snapshotTime: string;
  /** Digest of the previous report's manifest, 64 hexadecimal digits; null for a first report. */
  readonly previousManifest: string | null;
  /** The most rows of a segment, a power of two from 2^11 to 2^19. */
  readonly maxRowCount: number | undefined;
  /** How few holders of an asset a segment may have where no split is safe, 1 to 99. */
  readonly allowSmallGroups: number | undefined;
  /** How many threads prove; one for each processor unless given. */
  readonly threads: number | undefined;
  /** Most bytes of memory that the run may take; what is free unless given. */
  readonly memoryLimit: number | undefined;
  readonly storeKey: StoreKeyChoice;
  /** The file of settings of the queue and the storage by which workers prove; this process proves unless given. */
  readonly distributed: string | undefined;
  /** Whether the unfinished run in the out folder goes on, or a new one begins. */
  readonly isResumed: boolean;
  /** Where the report will appear; its folder `.unfinished` is made when the inputs are found to be good. */
  readonly outFolder: string;
  /** What `.unfinished` is called until its first files are whole; not there yet. */
  readonly partialFolder: string;
}

/** What a report is called, and what it follows. */
export type ReportTitle = Pick<ProveJob, 'exchange' | 'reportId' | 'snapshotTime' | 'previousManifest'>;

/** Where a run is. */
export type ProveEvent =
  | ({ readonly kind: 'reading' } & SourceProgress)
  | { readonly kind: 'examining'; readonly segment: number; readonly segmentCount: number }
  | {
      readonly kind: 'planned';
      readonly accountCount: number;
      readonly rowCounts: readonly number[];
      /** Segments that an earlier run has proven. */
      readonly keptSegments: readonly number[];
      /** Bytes of memory at the peak. */
      readonly plannedMemory: number;
    }
  | { readonly kind: 'segment'; readonly segment: number; readonly step: SegmentStep }
  | DistributedEvent
  | { readonly kind: 'completing' }
  | { readonly kind: 'checking' };

/** Where a run is whose segments are proven elsewhere. */
export type DistributedEvent =
  | {
      readonly kind: 'distributed';
      /** What the run's store key is called: workers say in their logs which one they have. */
      readonly keyName: string;
      /** Workers with this key that take segments of this size. */
      readonly workerCount: number;
      readonly active: readonly ActiveSegment[];
      readonly waitingCount: number;
      /** Of this run; those from before are not counted. */
      readonly doneCount: number;
      /** Segments that failed so often that people must look at them. */
      readonly parkedCount: number;
    }
  | { readonly kind: 'taken'; readonly segment: number; readonly worker: string }
  | { readonly kind: 'damaged'; readonly segment: number }
  /** A server does not answer, and the run waits. */
  | { readonly kind: 'away'; readonly reason: string };

/** A segment that a worker has. */
export interface ActiveSegment {
  readonly segment: number;
  readonly worker: string;
  readonly step: SegmentStep | undefined;
}

/** What is done for a segment: its rows are placed, then the prover's phases, then its private data is stored. */
export type SegmentStep = 'placing' | ProverPhase | 'storing';

/** What was made, without anything private. */
export interface ProveSummary {
  /** The manifest's digest, 64 hexadecimal digits. */
  readonly digest: string;
  readonly accountCount: number;
  readonly assets: readonly Asset[];
  /** In the order of the assets, in their units. */
  readonly totals: readonly bigint[];
  /** Rows of each segment. */
  readonly rowCounts: readonly number[];
  /** How many segments an earlier run has proven. */
  readonly keptSegmentCount: number;
  /** Most bytes of memory that the process has taken. */
  readonly peakMemory: number;
  /** Bytes. */
  readonly manifestSize: number;
  readonly proofsSize: number;
  readonly privateSize: number;
  /** How many account holders' files were made and verified before anything was published. */
  readonly checkedFileCount: number;
  readonly durationsMs: { readonly reading: number; readonly proving: number; readonly checking: number };
}

/** Makes a report in the work folder, complete and verified, and calls `onEvent` on the way. */
export type Prove = (
  job: ProveJob,
  onEvent: (event: ProveEvent) => void,
  aborted: AbortSignal,
) => Promise<ProveSummary>;
