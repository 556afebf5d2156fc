// Runs in the browser: verifies what the server has, twice, and sends the times back.
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';

/** @param {string} path */
const bytesOf = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());

async function measure() {
  const manifest = await bytesOf('/sum_proof_data.json');
  const segmentCount = JSON.parse(new TextDecoder().decode(manifest)).segments.length;
  const names = Array.from({ length: segmentCount }, (_, i) => `/proofs/segment-${String(i).padStart(4, '0')}.bin`);
  const proofs = await Promise.all(names.map(bytesOf));
  const file = await bytesOf('/inclusion.json');
  const accountId = await (await fetch('/account-id')).text();
  /** @type {number[]} */
  const reportMs = [];
  /** @type {number[]} */
  const inclusionMs = [];
  for (let run = 0; run < 2; run++) {
    const started = performance.now();
    const report = await verifyReport(manifest, (segment) => proofs[segment]);
    if (!report.ok) throw new Error(`${report.step} ${report.code} ${report.detail}`);
    reportMs.push(performance.now() - started);
    const inclusionStarted = performance.now();
    const inclusion = verifyInclusion({ file, report, accountId });
    if (!inclusion.ok) throw new Error(`${inclusion.step} ${inclusion.code} ${inclusion.detail}`);
    inclusionMs.push(performance.now() - inclusionStarted);
  }
  const browser = /Chrome\/[0-9]+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent;
  return { browser, segments: segmentCount, reportMs, inclusionMs };
}

const result = await measure().catch((error) => ({ error: String(error) }));
await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
