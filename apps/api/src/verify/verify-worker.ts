/** A thread that verifies, one job after another. */
import { parentPort } from 'node:worker_threads';
import { doVerifyJob } from './verify-files.js';
import type { VerifyJob } from './verify-job.js';

// Imported anywhere else, this module does nothing.
if (parentPort !== null) {
  const port = parentPort;
  port.on('message', async (job: VerifyJob) => {
    try {
      port.postMessage({ reply: await doVerifyJob(job) });
    } catch (error) {
      // Only the kind: a message could quote what was uploaded.
      port.postMessage({ fault: error instanceof Error ? error.name : 'unknown' });
    }
  });
}
