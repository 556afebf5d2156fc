/** The command `solvent-api`. */
import { parseArgs } from 'node:util';
import { InputError } from '@solvent/cli/input-error';
import { StoreError, StoreUnavailableError } from '@solvent/stark-prover/store-error';
import type { Logger } from 'pino';
import { type Config, ConfigError, readConfig } from './config.js';
import { startDemo } from './demo/demo.js';
import { createLog } from './log.js';
import { CatalogError } from './reports/catalog.js';
import { type RunningServer, startServer } from './server.js';

const usage = `solvent-api --config FILE                  serve as the configuration says (or name the file in SOLVENT_API_CONFIG)
solvent-api --demo FOLDER [--port NUMBER]  serve what \`solvent demo --out FOLDER\` made, on this machine alone
`;

/** Runs the command until a signal ends it, and gives its exit code: 0, or 2 for what cannot be served. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        config: { type: 'string' },
        demo: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      return 0;
    }
    if (values.demo !== undefined) {
      const { stop } = await startDemo(values.demo, Number(values.port ?? 8080), (text) => process.stdout.write(text));
      await signal();
      await stop();
      return 0;
    }
    const file = values.config ?? process.env.SOLVENT_API_CONFIG;
    if (file === undefined) throw new ConfigError(`expected a configuration\n${usage}`);
    await serve(file);
    return 0;
  } catch (error) {
    process.stderr.write(`error: ${messageOf(error)}\n`);
    return 2;
  }
}

async function serve(file: string): Promise<void> {
  const config = readConfig(file);
  const log = createLog(config.logLevel);
  const starting = startServer(config, log);
  const stopReloading = reloadAtHangup(file, config, starting, log);
  const server = await starting;
  log.info({ url: server.url, metrics: server.metricsUrl }, 'listening');
  await signal();
  stopReloading();
  log.info('stopping');
  await server.stop();
  log.info('stopped');
}

// A new month is added to the configuration, and served without a restart. What else has changed waits for one.
function reloadAtHangup(file: string, config: Config, starting: Promise<RunningServer>, log: Logger): () => void {
  const without = ({ privateStores: _, ...rest }: Config) => JSON.stringify(rest);
  const reload = async () => {
    try {
      const changed = readConfig(file);
      await (await starting).replaceStores(changed.privateStores);
      log.info({ stores: changed.privateStores.length }, 'reloaded');
      if (without(changed) !== without(config)) log.warn('more than privateStores has changed: restart for the rest');
    } catch (error) {
      log.error({ message: messageOf(error) }, 'not reloaded');
    }
  };
  let last: Promise<void> = Promise.resolve();
  const onHangup = () => {
    last = last.then(reload);
  };
  process.on('SIGHUP', onHangup);
  return () => void process.off('SIGHUP', onHangup);
}

// The first signal ends what is under way; a second one ends the process.
function signal(): Promise<void> {
  return new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => done());
  });
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected = [ConfigError, CatalogError, StoreError, StoreUnavailableError, InputError].some(
    (kind) => error instanceof kind,
  );
  return isExpected || 'code' in error ? error.message : `internal error: ${error.stack ?? error.message}`;
}
