/**
 * Balances from a server of the XRP Ledger: own asset and issued currencies, of the snapshot's very ledger.
 *
 * Each answer names the ledger that it is of, and that it is validated. Servers keep as many past ledgers as they are set to.
 */
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson } from '../transport/json-http.js';
import { countField, decimalToUnits, digitsField } from './fields.js';

/** Times are counted from the first second of 2000. */
const epochSeconds = 946_684_800;
/** Most pages of trust lines that are read of one address. */
const pagesMax = 10_000;

const hashField = z.string().check(z.regex(/^[0-9A-F]{64}$/, 'expected 64 upper-case hexadecimal digits'));
/** A number, or the text of it: which of them depends on the version of the interface. */
const indexField = z.pipe(z.union([countField, z.string().check(z.regex(/^[0-9]{1,10}$/))]), z.transform(Number));
const validated = { status: z.literal('success'), validated: z.literal(true) };
const ledgerField = z.object({
  ...validated,
  ledger: z.object({ ledger_hash: hashField, ledger_index: indexField, close_time: countField }),
});
const ofLedger = { ...validated, ledger_hash: hashField, ledger_index: indexField };
const accountField = z.object({ ...ofLedger, account_data: z.object({ Account: z.string(), Balance: digitsField }) });
const linesField = z.object({
  ...ofLedger,
  account: z.string(),
  lines: z.array(z.object({ account: z.string(), currency: z.string(), balance: z.string() })),
  marker: z.optional(z.unknown()),
});
const stateField = z.object({
  status: z.literal('success'),
  info: z.object({ network_id: z._default(countField, 0), complete_ledgers: z.string() }),
});
const errorField = z.object({ status: z.literal('error'), error: z.string(), error_message: z.optional(z.string()) });

export const xrpJsonRpcKind = defineKind({
  kind: 'xrp-json-rpc',
  family: 'xrp',
  assets: 'own asset, issued currencies',
  balancesAt: "the snapshot's ledger, as long as the server keeps it",
  options: {},
  open: (connection) => readEach(connection, xrp(connection)),
  blocks: xrpBlocks,
});

function xrp(connection: Connection): BalanceInterface {
  return {
    checkBlock: async (block) => {
      await checkNetwork(connection);
      checkSameBlock(connection, block, await readLedger(connection, block.height));
    },
    readBalance: async (query, block) => {
      const units =
        query.token === null
          ? await readDrops(connection, query, block)
          : await readLines(connection, query, query.token, block);
      return { units };
    },
  };
}

async function readDrops(connection: Connection, { address }: BalanceQuery, block: Block): Promise<bigint> {
  const params = { account: address, ledger_hash: block.hash };
  const found = await call(connection, 'account_info', params, accountField, address);
  if (found === 'actNotFound') return 0n;
  if (typeof found === 'string') throw refusal(connection, found, address);
  checkLedger(connection, found, block);
  if (found.account_data.Account === address) return BigInt(found.account_data.Balance);
  throw connection.error('answer', `expected the account ${address}, got ${found.account_data.Account}`);
}

/** What the issuer owes the address in a currency: its one trust line to the issuer. */
async function readLines(connection: Connection, query: BalanceQuery, token: string, block: Block): Promise<bigint> {
  const { address, decimals } = query;
  const about = describeQuery(query);
  const [, currency, issuer] = /^(.+)\.([^.]+)$/.exec(token)!;
  const balances: string[] = [];
  let marker: unknown;
  for (let page = 0; page < pagesMax; page++) {
    const params = {
      account: address,
      peer: issuer,
      ledger_hash: block.hash,
      limit: 400,
      ...(marker !== undefined && { marker }),
    };
    const found = await call(connection, 'account_lines', params, linesField, about);
    if (found === 'actNotFound') return 0n;
    if (typeof found === 'string') throw refusal(connection, found, about);
    checkLedger(connection, found, block);
    if (found.account !== address) throw connection.error('answer', `expected lines of ${address}, got others`);
    const lines = found.lines.filter((line) => line.account === issuer && line.currency === currency);
    balances.push(...lines.map(({ balance }) => balance));
    if (found.marker === undefined) return unitsOfLines(connection, balances, decimals, about);
    marker = found.marker;
  }
  throw connection.error('answer', `${about}: expected at most ${pagesMax} pages of trust lines, got more`);
}

function unitsOfLines(connection: Connection, balances: readonly string[], decimals: number, about: string): bigint {
  if (balances.length > 1) throw connection.error('answer', `${about}: expected one trust line, got several`);
  const [balance = '0'] = balances;
  const units = decimalToUnits(balance, decimals);
  if (units !== undefined) return units;
  const expected = `expected an amount with at most ${decimals} decimals, as in the mapping of tokens`;
  throw connection.error('answer', `${about}: ${expected}, got ${connection.quote(balance)}`);
}

function checkLedger(
  connection: Connection,
  found: { readonly ledger_index: number; readonly ledger_hash: string },
  block: Block,
): void {
  checkSameBlock(connection, block, { height: found.ledger_index, hash: found.ledger_hash });
}

async function checkNetwork(connection: Connection): Promise<z.infer<typeof stateField>> {
  const about = 'the network';
  const state = await call(connection, 'server_info', {}, stateField, about);
  if (typeof state === 'string') throw refusal(connection, state, about);
  checkChainName(connection, 'network id', ['0'], String(state.info.network_id));
  return state;
}

async function readLedger(connection: Connection, index: number | 'validated'): Promise<TimedBlock> {
  const about = `ledger ${index}`;
  const found = await call(connection, 'ledger', { ledger_index: index }, ledgerField, about);
  if (typeof found === 'string') throw refusal(connection, found, about);
  const { ledger_index: height, ledger_hash: hash, close_time: time } = found.ledger;
  if (index !== 'validated' && height !== index) throw connection.error('answer', `expected ${about}, got ${height}`);
  return { height, hash, time: time + epochSeconds };
}

/** The result of a call, or the name of the error that the server answers with. */
function call<Result extends object>(
  connection: Connection,
  method: string,
  params: Readonly<Record<string, unknown>>,
  result: z.ZodMiniType<Result>,
  about: string,
): Promise<Result | string> {
  const shape = z.object({ result: z.union([result, errorField]) });
  return askJson(connection, { json: { method, params: [{ ...params, api_version: 1 }] } }, shape, about).then(
    ({ result: found }) => (isError(found) ? found.error : found),
  );
}

function isError(found: object): found is z.infer<typeof errorField> {
  return 'error' in found;
}

/** Errors of a server that another one may stand in for. */
const awayErrors = new Set(['tooBusy', 'slowDown', 'noCurrent', 'noNetwork', 'noClosed', 'amendmentBlocked']);

function refusal(connection: Connection, error: string, about: string): Error {
  const said = `${about}: the server says ${connection.quote(error)}`;
  return connection.error(awayErrors.has(error) ? 'unreachable' : 'refused', said);
}

function xrpBlocks(connection: Connection): BlockReader {
  return {
    readFinalHeight: async () => {
      await checkNetwork(connection);
      return (await readLedger(connection, 'validated')).height;
    },
    readFirstHeight: async () => {
      const { info } = await checkNetwork(connection);
      // Ranges of ledgers that are kept, `32570-95000000` or several with commas: the last is what can be searched.
      const first = /(?:^|,)([0-9]{1,10})(?:-[0-9]{1,10})?$/.exec(info.complete_ledgers)?.[1];
      if (first !== undefined) return Number(first);
      throw connection.error('answer', `expected ranges of ledgers, got ${connection.quote(info.complete_ledgers)}`);
    },
    readBlock: (height) => readLedger(connection, height),
  };
}
