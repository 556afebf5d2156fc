/** The log: JSON lines with fields that this program chooses one by one. */
import { type Logger, pino } from 'pino';
import type { Config } from './config.js';

/** Makes the log, written to standard output; no request waits for its line. */
export function createLog(level: Config['logLevel']): Logger {
  const options = { level, base: { service: 'solvent-api' }, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, pino.destination({ sync: false }));
}
