import { describe, expect, test } from 'vitest';
import { parseSources } from '../src/source-settings.js';

const evm = { kind: 'ethereum-json-rpc', url: `https://node.example/v1/\${NODE_KEY}?k=\${NODE_KEY}` };
const file = (networks: Record<string, unknown>, more = {}) =>
  JSON.stringify({ format: 'solvent-rpc/1', networks, ...more });
const parse = (
  source: Record<string, unknown>,
  network = 'ethereum',
  environment = { NODE_KEY: 's/cret', NODE_USER: 'u' },
) => parseSources(file({ [network]: { sources: [source] } }), environment);

describe('a file of sources', () => {
  test('has variables of the environment in path, query, headers and password', () => {
    const headers = { Authorization: `Bearer \${NODE_KEY}` };
    const parsed = parse({ ...evm, headers });
    if (!parsed.ok) throw new Error(parsed.fault);
    const [{ url, headers: found, title, secrets }] = parsed.value[0].sources;
    expect(url.href).toBe('https://node.example/v1/s%2Fcret?k=s%2Fcret');
    expect(found).toEqual({ authorization: 'Bearer s/cret' });
    expect(title).toBe('ethereum, source 1 (ethereum-json-rpc at node.example)');
    expect(secrets).toContain('s/cret');
    const core = { kind: 'bitcoin-core', url: 'http://127.0.0.1:8332', basic: `\${NODE_USER}:\${NODE_KEY}` };
    const other = parse(core, 'bitcoin');
    if (!other.ok) throw new Error(other.fault);
    const expected = `Basic ${Buffer.from('u:s/cret').toString('base64')}`;
    expect(other.value[0].sources[0].headers).toEqual({ authorization: expected });
  });

  test.each<[string, string, string]>([
    ['what is no JSON', '{', 'not JSON'],
    ['another format', JSON.stringify({ format: 'x', networks: {} }), 'at "format": expected "solvent-rpc/1"'],
    ['unknown members', file({}, { extra: 1 }), 'expected no member "extra"'],
    ['unknown networks', file({ ether: { sources: [evm] } }), 'expected the id of a network, got "ether"'],
    ['no sources', file({ ethereum: { sources: [] } }), 'at "networks.ethereum.sources": expected at least 1'],
    ['more agreement than sources', file({ ethereum: { sources: [evm], agree: 2 } }), 'at most 1 sources, got 2'],
  ])('refuses %s', (_, text, fault) => {
    expect(parseSources(text, { NODE_KEY: 'x' })).toEqual({ ok: false, fault: expect.stringContaining(fault) });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown kind', { ...evm, kind: 'carrier-pigeon' }, 'expected a kind that is known'],
    ['a kind of another family', { ...evm, kind: 'esplora' }, 'esplora does not know Ethereum'],
    ['a member of another kind', { ...evm, chain: 'main' }, 'expected no member "chain"'],
    ['a text for a number', { ...evm, attempts: '3' }, 'at "networks.ethereum.sources.0.attempts": expected'],
    ['no attempt', { ...evm, attempts: 0 }, 'expected at least 1'],
    ['another protocol', { ...evm, url: 'ftp://node.example' }, 'begins with http:// or https://'],
    ['a file', { ...evm, url: 'file:///etc/passwd' }, 'begins with http:// or https://'],
    ['no host', { ...evm, url: 'https://' }, 'expected an URL'],
    ['a password in the URL', { ...evm, url: 'https://user:pass@node.example' }, 'expected a host alone'],
    ['a variable in the host', { ...evm, url: `https://\${NODE_KEY}.example` }, 'expected a host alone'],
    ['a missing variable', { ...evm, url: `https://node.example/\${OTHER}` }, 'expected the variable OTHER in the env'],
    ['half a variable', { ...evm, url: `https://node.example/\${NODE` }, `something else after \${`],
    ['a secret in the file', { ...evm, headers: { 'x-key': 'abcdef' } }, 'expected a variable of the environment'],
    ['a password in the file', { ...evm, basic: 'me:abcdef' }, 'expected a variable of the environment'],
    ['an address that is none', { ...evm, multicall: '0x12' }, 'expected 0x and 40 hexadecimal digits'],
  ])('refuses %s', (_, source, fault) => {
    const parsed = parse(source);
    expect(parsed).toEqual({ ok: false, fault: expect.stringContaining(fault) });
    expect(JSON.stringify(parsed)).not.toMatch(/abcdef|pass@|s\/cret/);
  });

  test('does not show a variable that cannot be in a header', () => {
    const headers = { 'x-key': `\${NODE_KEY}` };
    const parsed = parse({ ...evm, headers }, 'ethereum', { NODE_KEY: 'hidden\r\nx: y', NODE_USER: '' });
    expect(parsed).toEqual({ ok: false, fault: expect.stringContaining('headers.x-key: expected printable ASCII') });
    expect(JSON.stringify(parsed)).not.toContain('hidden');
  });
});
