// The service under load: inclusion files for logged-in holders of a large store, asked for at a steady rate over loopback.
//
//     node bench/api-load.js [--accounts COUNT] [--rate REQUESTS_A_SECOND] [--seconds SECONDS] [--postgres SETTINGS] [--out FILE]
//
// With the settings of a PostgreSQL database, the store is loaded there, and the service reads it there.
// The service is a process of its own, as `solvent-api` starts it; this one asks. Every request has the token of a holder drawn at
// random, whose signature is verified. Latencies are corrected for requests that could not be sent when they were due. Needs a
// build, and 230 bytes of disk for each account in the folder for temporary files. On a machine that does other work the tail
// of the latencies is that work's: the load that there was is printed beside it.
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createDemoIdentity } from '@solvent/api/demo/demo-identity';
import { bytesToHex } from '@solvent/commitment/bytes';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores } from '@solvent/postgres-store/postgres-stores';
import { decodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { encodeReport, reportDigest, reportFileName } from '@solvent/report-format/report';
import { encodeReportIndex, reportIndexFileName } from '@solvent/report-format/report-index';
import { createStoreWriter } from '@solvent/stark-prover/holder-store';
import { createStoreKeyFile, readStoreKey } from '@solvent/stark-prover/store-key';
import autocannon from 'autocannon';
import { accountsOf, idOf, randomSegment, segmentsFor } from './lib/random-store.js';
import { printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '1000000' },
    postgres: { type: 'string' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
    out: { type: 'string', default: 'bench/results/api-load.json' },
  },
});
const [accountCount, rate, seconds] = [values.accounts, values.rate, values.seconds].map(Number);
/** @typedef {import('@solvent/api/demo/demo-identity').DemoIdentity} DemoIdentity */

// Each sends its requests of a second one after another, as all begin with the second together.
const connections = 10;
const holderCount = 5000;
const stores = values.postgres === undefined ? undefined : openPostgresStores(readPostgresSettings(values.postgres));
const storeName = `bench ${process.pid}`;

/**
 * A published report without files, and its private store: all that inclusion files are made from.
 * @param {string} folder
 */
async function makeExchange(folder) {
  const keyFile = join(folder, 'store.key');
  createStoreKeyFile(keyFile);
  const store = join(folder, 'private');
  const writer = await createStoreWriter(store, { key: readStoreKey(keyFile) });
  const data = randomSegment();
  for (let segment = 0; segment < segmentsFor(accountCount); segment++) {
    await writer.addSegment(segment, data, accountsOf(segment, accountCount));
  }
  const manifest = new Uint8Array(randomBytes(32));
  await writer.finish(manifest);
  const title = { exchange: 'Example Exchange', reportId: 'load', snapshotTime: '2026-01-31T23:59:59Z' };
  const report = encodeReport({
    format: 'solvent-report/1',
    ...title,
    previousReport: null,
    manifest: bytesToHex(manifest),
    blocks: [],
    tokens: [],
    files: [],
  });
  mkdirSync(join(folder, 'reports', 'load'), { recursive: true });
  writeFileSync(join(folder, 'reports', 'load', reportFileName), report);
  const { exchange, ...entry } = title;
  const reports = [{ folder: 'load', ...entry, report: bytesToHex(reportDigest(report)) }];
  writeFileSync(
    join(folder, 'reports', reportIndexFileName),
    encodeReportIndex({ format: 'solvent-reports/1', exchange, reports }),
  );
  await stores?.load(storeName, store);
  const settingsFile = values.postgres;
  const place = settingsFile ? { postgres: resolve(settingsFile), store: storeName } : { folder: store };
  return { privateStores: [{ ...place, keyFile }], reports: join(folder, 'reports') };
}

/**
 * @param {string} folder
 * @param {object} exchange
 * @param {DemoIdentity} identity
 */
async function startService(folder, exchange, identity) {
  const keySetFile = join(folder, 'jwks.json');
  writeFileSync(keySetFile, JSON.stringify(identity.keySet));
  const { issuer, audience } = identity;
  const config = {
    ...exchange,
    listen: { port: 0 },
    metrics: { port: 0 },
    identity: { issuer, audience, algorithms: ['EdDSA'], keySetFile },
    limits: { addressPerMinute: 10_000_000, accountPerMinute: 10_000_000, connectionsPerAddress: 1000 },
  };
  const file = join(folder, 'api.json');
  writeFileSync(file, JSON.stringify(config));
  const command = join(createRequire(import.meta.url).resolve('@solvent/api/main'), '../../bin/solvent-api.js');
  const child = spawn(process.execPath, [command, '--config', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { url, metrics } = await new Promise((done, failed) => {
    child.stdout.once('data', (line) => done(JSON.parse(String(line).split('\n')[0])));
    child.once('exit', (code) => failed(new Error(`the service ended with ${code}`)));
  });
  // It logs each request, and would wait for whoever does not read that.
  child.stdout.resume();
  return { child, url, metricsUrl: metrics };
}

/**
 * Asks for one file and looks into it: what is measured is what a holder would get.
 * @param {string} url
 * @param {string} token
 */
async function checkOne(url, token) {
  const response = await fetch(`${url}/v1/me/inclusion`, { headers: { authorization: `Bearer ${token}` } });
  const decoded = decodeInclusionFile(new Uint8Array(await response.arrayBuffer()));
  if (response.status !== 200 || !decoded.ok) throw new Error(`expected an inclusion file, got ${response.status}`);
}

/** @param {string} metricsUrl */
async function processFigures(metricsUrl) {
  const text = await (await fetch(metricsUrl)).text();
  const figure = (/** @type {string} */ name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return { cpuSeconds: figure('process_cpu_seconds_total'), bytes: figure('process_resident_memory_bytes') };
}

/**
 * @param {string} url
 * @param {string[]} tokens
 */
async function measure(url, tokens) {
  let next = 0;
  const requestsOf = () => {
    const own = tokens.slice(next, next + holderCount / connections);
    next += own.length;
    return own.map((token) => ({
      method: 'GET',
      path: '/v1/me/inclusion',
      headers: { authorization: `Bearer ${token}` },
    }));
  };
  return autocannon({
    url,
    connections,
    overallRate: rate,
    duration: seconds,
    timeout: 10,
    setupClient: (client) => client.setRequests(requestsOf()),
  });
}

const folder = mkdtempSync(join(tmpdir(), 'solvent-bench-'));
let service;
try {
  const identity = await createDemoIdentity();
  service = await startService(folder, await makeExchange(folder), identity);
  const holders = Array.from({ length: holderCount }, () => idOf(randomInt(accountCount)));
  const tokens = await Promise.all(holders.map((holder) => identity.tokenFor(holder)));
  for (const token of tokens.slice(0, 100)) await checkOne(service.url, token);
  const before = await processFigures(service.metricsUrl);
  const { latency, requests, throughput, errors, timeouts, non2xx, duration } = await measure(service.url, tokens);
  const after = await processFigures(service.metricsUrl);
  if (errors + timeouts + non2xx > 0) throw new Error(`${errors} errors, ${timeouts} time-outs, ${non2xx} refusals`);
  const result = {
    accounts: accountCount,
    'requests/s': round(requests.total / duration),
    requests: requests.total,
    seconds: round(duration),
    p50Ms: latency.p50,
    p90Ms: latency.p90,
    p99Ms: latency.p99,
    maxMs: latency.max,
    'KB/s': round(throughput.average / 1000),
    'CPU %': round((100 * (after.cpuSeconds - before.cpuSeconds)) / duration),
    MiB: round(after.bytes / 2 ** 20, 0),
    load: round(loadavg()[0]),
  };
  printTable(`Inclusion files over loopback, one process, store in ${stores ? 'PostgreSQL' : 'a folder'}`, [result]);
  writeResults(values.out, { apiLoad: result });
} finally {
  service?.child.kill();
  await stores?.remove(storeName).catch(() => {});
  await stores?.close();
  rmSync(folder, { recursive: true });
}
