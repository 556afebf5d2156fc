/** The thread that verifies. It fetches published files, and nothing that a person has given it leaves it but as a verdict. */
import './no-eval.js';
import { checkInclusion, type Seen } from './check-inclusion.js';
import { LoadError } from './fetch-file.js';
import { ReportStore } from './report-store.js';
import type { Exchanges, Kind, Progress, RequestMessage, ResponseMessage } from './requests.js';

const store = new ReportStore();
const seen: Seen = new Map();

async function answer(message: RequestMessage, onProgress: (progress: Progress) => void) {
  switch (message.kind) {
    case 'list':
      return store.list(message.base);
    case 'open':
      return store.open(message.folder, onProgress);
    case 'inclusion':
      return checkInclusion(store, seen, message);
    case 'report': {
      const { checkReport } = await import('./check-report.js');
      return checkReport(store, message, onProgress);
    }
  }
}

function post(message: ResponseMessage): void {
  self.postMessage(message);
}

// One after the other, so that a report that is being opened is not opened twice. A file needs nothing that is not there
// already, and does not wait.
let last: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<RequestMessage>) => {
  if (data.kind === 'inclusion') respond(data);
  else last = last.then(() => respond(data));
});

async function respond(message: RequestMessage): Promise<void> {
  const { id } = message;
  try {
    const result: Exchanges[Kind]['answer'] = await answer(message, (progress) => post({ id, progress }));
    post({ id, answer: result });
  } catch (error) {
    post({ id, failure: error instanceof LoadError ? error.message : `unexpected: ${String(error)}` });
  }
}
