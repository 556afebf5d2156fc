/** The log: JSON lines with fields that this program chooses one by one. */
import { type Logger, pino } from 'pino';
import type { Config } from './config.js';

/** Makes the log, written to standard output. */
export function createLog(level: Config['logLevel']): Logger {
  return pino({ level, base: { service: 'solvent-api' }, timestamp: pino.stdTimeFunctions.isoTime });
}
