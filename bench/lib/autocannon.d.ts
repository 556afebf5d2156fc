/** What of autocannon is used here; it has no types of its own. */
declare module 'autocannon' {
  interface Request {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    readonly overallRate: number;
    /** Seconds. */
    readonly duration: number;
    /** Seconds. */
    readonly timeout: number;
    setupClient(client: { setRequests(requests: readonly Request[]): void }): void;
  }
  interface Result {
    readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number };
    readonly requests: { readonly total: number };
    readonly throughput: { readonly average: number };
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
    /** Seconds. */
    readonly duration: number;
  }
  // biome-ignore lint/style/noDefaultExport: it is how the package exports it.
  export default function autocannon(options: Options): Promise<Result>;
}
