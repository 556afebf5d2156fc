/**
 * Balances from a node with Tron's HTTP interface: own asset and TRC-20 tokens.
 *
 * A node knows past balances of TRX where it keeps them (`storage.balance.history.lookup`), and no past state of contracts.
 * Without that history, and for tokens, it answers of its newest solid block, which it does not name: so that one is read
 * before and after, until both are the same, and the balance is `at` the `tip`.
 */

import { decodeTronAddress } from '@solvent/ownership-verifier/addresses/tron-address';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, type Reading, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson } from '../transport/json-http.js';
import { decodeWord } from './evm-abi.js';
import { countField, unitsNumberField } from './fields.js';

const genesisHash = '00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc';
/** How often a balance is read anew, when a block came in between; there is one every three seconds. */
const readingsMax = 10;

const hashField = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'));
/** Errors come with status 200. */
const noError = { Error: z.optional(z.undefined()) };
const blockField = z.object({
  ...noError,
  blockID: hashField,
  // What is 0 is left out.
  block_header: z.object({
    raw_data: z.object({ number: z._default(countField, 0), timestamp: z._default(countField, 0) }),
  }),
});
/** An account that was never used is an empty object. */
const accountField = z.object({
  ...noError,
  address: z.optional(z.string()),
  balance: z._default(unitsNumberField, 0),
});
const pastField = z.object({
  ...noError,
  balance: z._default(unitsNumberField, 0),
  block_identifier: z.object({ hash: hashField, number: z._default(countField, 0) }),
});
const callField = z.object({
  ...noError,
  result: z.object({ result: z.literal(true), code: z.optional(z.undefined()) }),
  constant_result: z.tuple([z.string().check(z.regex(/^([0-9a-f]{2})*$/, 'expected bytes in hexadecimal'))]),
});

export const tronHttpKind = defineKind({
  kind: 'tron-http',
  family: 'tron',
  assets: 'own asset, TRC-20',
  balancesAt: "the newest solid block; with `history`, the own asset at the snapshot's block",
  options: {
    /** Whether the node keeps past balances of TRX, and is asked for those. */
    history: z._default(z.boolean(), false),
  },
  open: (connection, _, { history }) => readEach(connection, tron(connection, history)),
  blocks: tronBlocks,
});

function tron(connection: Connection, history: boolean): BalanceInterface {
  return {
    checkBlock: async (block) => {
      await checkGenesis(connection);
      checkSameBlock(connection, block, await readBlock(connection, block.height));
    },
    readDecimals: async (token) => {
      const word = await callConstant(connection, token, 'decimals()', '', `the decimals of ${token}`);
      return Number(word);
    },
    readBalance: (query, block) => {
      if (query.token === null && history) return readPast(connection, query, block);
      return readNewest(connection, query);
    },
  };
}

/** The balance of TRX after the snapshot's block, from a node that keeps past ones. */
async function readPast(connection: Connection, query: BalanceQuery, block: Block): Promise<Reading> {
  const { address } = query;
  const json = {
    account_identifier: { address },
    block_identifier: { hash: block.hash, number: block.height },
    visible: true,
  };
  const { balance, block_identifier: of } = await askJson(
    connection,
    { path: '/wallet/getaccountbalance', json },
    pastField,
    address,
  );
  // It names the last block that changed the balance.
  if (of.number > block.height || (of.number === block.height && of.hash !== block.hash)) {
    throw connection.error('answer', `balance of ${address}: of block ${of.number} ${of.hash}, which is not before`);
  }
  // A node without this history answers 0 of the block that it was asked for.
  if (BigInt(balance) === 0n && of.number === block.height && (await readAccount(connection, address)).isUsed) {
    throw connection.error(
      'refused',
      `balance of ${address}: 0 at the very block, as nodes answer that keep no past balances`,
    );
  }
  return { units: BigInt(balance) };
}

/** The balance at the newest solid block. */
async function readNewest(connection: Connection, query: BalanceQuery): Promise<Reading> {
  for (let reading = 1; reading <= readingsMax; reading++) {
    const before = await readNewestBlock(connection);
    const units = await readUnits(connection, query);
    const { height, hash } = await readNewestBlock(connection);
    if (before.hash === hash) return { units, seen: { height, hash } };
  }
  const what = `a new block in each of ${readingsMax} readings`;
  throw connection.error('unreachable', `balance of ${describeQuery(query)}: ${what}`);
}

async function readUnits(connection: Connection, query: BalanceQuery): Promise<bigint> {
  if (query.token === null) return (await readAccount(connection, query.address)).units;
  const word = accountWord(query.address);
  return callConstant(connection, query.token, 'balanceOf(address)', word, `balance of ${describeQuery(query)}`);
}

async function readAccount(connection: Connection, address: string): Promise<{ isUsed: boolean; units: bigint }> {
  const request = { path: '/walletsolidity/getaccount', json: { address, visible: true } };
  const account = await askJson(connection, request, accountField, address);
  const isUsed = account.address !== undefined;
  if (isUsed && account.address !== address) {
    throw connection.error('answer', `expected the account ${address}, got ${connection.quote(account.address!)}`);
  }
  return { isUsed, units: isUsed ? BigInt(account.balance) : 0n };
}

/** What a function of a contract returns: one integer. */
async function callConstant(
  connection: Connection,
  contract: string,
  selector: string,
  parameter: string,
  about: string,
): Promise<bigint> {
  const json = {
    // Who asks does not matter.
    owner_address: contract,
    contract_address: contract,
    function_selector: selector,
    parameter,
    visible: true,
  };
  const request = { path: '/walletsolidity/triggerconstantcontract', json };
  const { constant_result: results } = await askJson(connection, request, callField, about);
  const value = decodeWord(`0x${results[0]}`);
  if (value === undefined) throw connection.error('answer', `${about}: expected 32 bytes, got another length`);
  return value;
}

function accountWord(address: string): string {
  const decoded = decodeTronAddress(address);
  if (isVerdict(decoded)) throw new RangeError(`address ${address}: ${decoded.detail}`);
  return Buffer.from(decoded.account).toString('hex').padStart(64, '0');
}

async function checkGenesis(connection: Connection): Promise<void> {
  checkChainName(connection, 'the first block', [genesisHash], (await readBlock(connection, 0)).hash);
}

async function readBlock(connection: Connection, height: number): Promise<TimedBlock> {
  const about = `block ${height}`;
  const request = { path: '/walletsolidity/getblockbynum', json: { num: height } };
  const block = timed(connection, await askJson(connection, request, blockField, about), about);
  if (block.height !== height) throw connection.error('answer', `expected ${about}, got block ${block.height}`);
  return block;
}

async function readNewestBlock(connection: Connection): Promise<TimedBlock> {
  const about = 'the newest solid block';
  const request = { path: '/walletsolidity/getnowblock', json: {} };
  return timed(connection, await askJson(connection, request, blockField, about), about);
}

/** A block's id begins with its number. */
function timed(
  connection: Connection,
  { blockID, block_header }: z.infer<typeof blockField>,
  about: string,
): TimedBlock {
  const { number, timestamp } = block_header.raw_data;
  if (BigInt(`0x${blockID.slice(0, 16)}`) !== BigInt(number)) {
    throw connection.error('answer', `${about}: expected an id that begins with number ${number}, got ${blockID}`);
  }
  return { height: number, hash: blockID, time: Math.floor(timestamp / 1000) };
}

function tronBlocks(connection: Connection): BlockReader {
  return {
    readFinalHeight: async () => {
      await checkGenesis(connection);
      return (await readNewestBlock(connection)).height;
    },
    readBlock: (height) => readBlock(connection, height),
  };
}
