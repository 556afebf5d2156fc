/** The template of docs/adding-a-chain.md works as it stands, and the guide names only what is there. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Balance } from '@solvent/balances/balance';
import { SourceError } from '@solvent/balances/source-error';
import type { SourceSettings } from '@solvent/balances/source-settings';
import { connect } from '@solvent/balances/transport/connection';
import { realWorld } from '@solvent/balances/transport/world';
import { isVerdict, type OwnershipClaim } from '@solvent/ownership-verifier/claim';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { decodeTemplateAddress } from './address.js';
import { templateFamily } from './family.js';
import { templateNetwork } from './network.js';
import { templateSigner } from './signer.js';
import { templateKind } from './source.js';

const [secretKey, otherKey] = [new Uint8Array(32).fill(0x11), new Uint8Array(32).fill(0x22)];
const message = 'Exchange, report 7: 100 €';

/** A row as the signer of rehearsals makes it, and what the rules say of it. */
function signed(key = secretKey): OwnershipClaim {
  const text = templateSigner.addressOf(key, templateNetwork);
  const address = decodeTemplateAddress(text);
  if (isVerdict(address)) throw new Error(address.detail);
  const { signature, publicKey = '' } = templateSigner.sign(
    { message, address, network: templateNetwork, script: '' },
    key,
  );
  return { address: text, message, signatures: [signature], script: publicKey, owners: [] };
}

function verdictOn(claim: OwnershipClaim): string {
  const address = templateFamily.decodeAddress(claim.address, templateNetwork);
  const { verdict, step, code } = isVerdict(address) ? address : templateFamily.verify(claim, address, templateNetwork);
  return `${verdict} ${step} ${code}`;
}

describe('the rules of the template', () => {
  test('verify what its signer signs', () => {
    expect(verdictOn(signed())).toBe('verified W7 address-proven');
    expect(verdictOn({ ...signed(), address: signed().address.toUpperCase().replace('TPL', 'tpl') })).toContain(
      'verified',
    );
  });

  test.each<[string, Partial<OwnershipClaim>, string]>([
    ['another message', { message: 'another' }, 'failed W6 signature'],
    ['another account’s signature', { signatures: signed(otherKey).signatures }, 'failed W6 signature'],
    ['another account’s row', { ...signed(otherKey), address: signed().address }, 'failed W7 address-mismatch'],
    ['no signature', { signatures: [] }, 'failed W5 signature-missing'],
    ['a signature that is cut off', { signatures: [signed().signatures[0].slice(2)] }, 'failed W5 signature-format'],
    ['no key', { script: '' }, 'failed W5 key-missing'],
    ['a key of small order', { script: `01${'00'.repeat(31)}` }, 'failed W5 key-format'],
    ['an address with a typing error', { address: signed().address.replace(/.$/, 'z') }, 'failed W3 address'],
    ['an address with a wrong digit', { address: wrongDigit(signed().address) }, 'failed W3 address-checksum'],
  ])('refuse %s', (_, change, verdict) => {
    expect(verdictOn({ ...signed(), ...change })).toBe(verdict);
  });

  test('say something of any text, and throw nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (address, signature, script) => {
        expect(verdictOn({ ...signed(), address, signatures: [signature], script })).toMatch(/^failed W[35] /);
        expect(verdictOn({ ...signed(), signatures: [signature], script })).toMatch(/^failed W[56] /);
      }),
    );
  });
});

function wrongDigit(text: string): string {
  return text.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
}

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Settings of a source on loopback, which a file of sources makes once the kind is in the table. */
async function settingsOf(listener: RequestListener): Promise<SourceSettings> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const numbers = { attempts: 1, requestsPerSecond: 1000, concurrency: 2, maxAnswerBytes: 4096 };
  return {
    ...numbers,
    id: 'template/1',
    title: 'template, source 1',
    network: templateNetwork,
    kind: templateKind.kind,
    sourceKind: templateKind,
    url: new URL(url),
    headers: {},
    secrets: [],
    timeoutMs: 5000,
    choices: { kind: templateKind.kind, url, headers: {}, timeoutSeconds: 5, ...numbers },
  };
}

const block = { height: 7, hash: 'ab'.repeat(32) };

/** A node whose answers `change` can spoil. */
function node(change: object = {}): RequestListener {
  return ({ url = '' }, response) => {
    const isBlock = url.startsWith('/blocks/');
    const balance = { address: signed().address, block: block.hash, units: '9007199254740993' };
    const answer = isBlock ? { chain: 'template-mainnet', ...block, time: 1_700_000_000 } : balance;
    response.end(JSON.stringify({ ...answer, ...change }));
  };
}

async function ask(listener: RequestListener): Promise<Balance[]> {
  const settings = await settingsOf(listener);
  const found: Balance[] = [];
  const connection = connect(settings, realWorld, new AbortController().signal);
  const query = { network: templateNetwork, address: signed().address, token: null, decimals: 9 };
  await templateKind.open(connection)({ queries: [query], block }, (balances) => found.push(...balances));
  return found;
}

describe('the source of the template', () => {
  test('says what was there at the block', async () => {
    const [{ units, at, height, blockHash }] = await ask(node());
    expect({ units, at, height, blockHash }).toEqual({
      units: 9007199254740993n,
      at: 'height',
      height: 7,
      blockHash: block.hash,
    });
  });

  test.each<[string, object]>([
    ['of another chain', { chain: 'template-testnet' }],
    ['of another block', { hash: 'cd'.repeat(32) }],
    ['of another height', { height: 8 }],
    ['of a balance at another block', { block: 'cd'.repeat(32) }],
    ['of another address', { address: signed(otherKey).address }],
    ['of a fraction', { units: '0.5' }],
    ['of a number in place of a text', { units: 5 }],
  ])('is not believed %s', async (_, change) => {
    await expect(ask(node(change))).rejects.toThrow(SourceError);
  });

  test('finds blocks', async () => {
    const connection = connect(await settingsOf(node()), realWorld, new AbortController().signal);
    const reader = templateKind.blocks(connection);
    expect([await reader.readFinalHeight(), await reader.readBlock(7)]).toEqual([7, { ...block, time: 1_700_000_000 }]);
  });
});

test('the guide names only files that are there', () => {
  const root = new URL('../../', import.meta.url);
  const guide = readFileSync(new URL('docs/adding-a-chain.md', root), 'utf8');
  const paths = [...guide.matchAll(/`((?:apps|packages|tests|scripts|vectors|spec|docs)\/[A-Za-z0-9_./-]+)`/g)].map(
    ([, path]) => path,
  );
  expect(paths.length).toBeGreaterThan(12);
  for (const path of paths) expect([path, existsSync(new URL(path, root))]).toEqual([path, true]);
});
