// Tables of networks and coins: parts of the specification, and docs/wallet-support.md.
import { familyOf } from '@solvent/ownership-verifier/families';
import { networks } from '@solvent/report-format/networks/networks';
import { namedCoins, tokens } from '@solvent/report-format/wallets/coins';
import { markdownTable } from './markdown-table.js';

/** @typedef {import('@solvent/report-format/networks/network').Network} Network */

/** The command that writes the page. */
export const generateWalletSupportCommand = 'node scripts/generate-wallet-support.js';

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** @param {readonly (readonly number[])[]} versions */
const versionTexts = (versions) =>
  versions.map((version) => version.map((byte) => byte.toString(16).padStart(2, '0')).join('')).join(' ');

/** @param {Network} network */
const familySupport = (network) => familyOf(network).support(network);

/** @param {Network} network */
function parameters(network) {
  if (network.family === 'evm') return evmParameters(network);
  if (network.family === 'ss58') return `SS58 ${network.prefixes.join(' ')}`;
  if (network.family === 'cosmos') {
    return `prefix ${code(network.prefix)}${network.ethereumKeys ? ', keys as Ethereum’s' : ''}`;
  }
  if (network.family !== 'bitcoin') return '';
  const { p2pkh, p2sh, segwitPrefix, cashAddrPrefix, taproot } = network;
  return [
    `P2PKH ${versionTexts(p2pkh)}`,
    `P2SH ${versionTexts(p2sh)}`,
    ...(segwitPrefix === undefined ? [] : [`segwit ${code(segwitPrefix)}${taproot ? ' with taproot' : ''}`]),
    ...(cashAddrPrefix === undefined ? [] : [`CashAddr ${code(cashAddrPrefix)}`]),
  ].join(', ');
}

/** @param {import('@solvent/report-format/networks/network').EvmNetwork} network */
function evmParameters({ chainId, hexPrefix, bech32Prefix, chainIdChecksum, adr36, filecoin, certificates }) {
  const parts = [`chain id ${chainId}`];
  if (hexPrefix !== undefined) parts.push(`\`${hexPrefix}\` for \`0x\``);
  if (bech32Prefix !== undefined) parts.push(`Bech32 \`${bech32Prefix}\``);
  if (chainIdChecksum) parts.push('checksums of EIP-1191 too');
  if (adr36) parts.push('ADR-36');
  if (filecoin) parts.push('`f410f` too');
  if (certificates) parts.push('certificates');
  return parts.join(', ');
}

export function networksTable() {
  const rows = networks.map((network) => {
    const names = [...new Set([network.id.toUpperCase(), ...network.names])];
    const rules = `§${familySupport(network).section}`;
    const texts = names.map(code).join(' ');
    return [code(network.id), network.family, rules, network.nativeAsset, texts, parameters(network)];
  });
  return markdownTable(['id', 'family', 'rules', 'native asset', 'names', 'parameters'], rows);
}

/** What the networks of Bitcoin's family sign with, and which of its addresses have no rule. */
export function messageHeadersTable() {
  const rows = networks.flatMap((network) => {
    if (network.family !== 'bitcoin') return [];
    const headers = network.messageHeaders.map((header) => code(JSON.stringify(header).slice(1, -1)));
    const prefixes = (network.otherPrefixes ?? []).map(code);
    return [[code(network.id), headers.join(' '), network.bip322 ? 'yes' : 'no', prefixes.join(' ')]];
  });
  return markdownTable(['network', 'headers of signed messages', 'BIP-322', 'prefixes without a rule'], rows);
}

export function tokensTable() {
  return markdownTable(
    ['asset', 'a token on'],
    tokens.map(({ asset, networks: ids }) => [asset, ids.join(', ')]),
  );
}

export function namedCoinsTable() {
  return markdownTable(
    ['name', 'asset', 'network'],
    namedCoins.map(({ name, asset, network }) => [code(name), asset, network]),
  );
}

/** The page on what is supported, for people. */
export function walletSupportPage() {
  const rows = networks.map((network) => {
    const { addressKinds, schemes, section } = familySupport(network);
    return [network.title, network.nativeAsset, addressKinds.join(', '), schemes.join(', '), `§${section}`];
  });
  const checks = [...new Set(networks.map(({ family }) => family))].map((family) => {
    const network = /** @type {Network} */ (networks.find((candidate) => candidate.family === family));
    const { section, checked, unproven } = familySupport(network);
    return [`§${section}`, family, checked, unproven];
  });
  return `# Wallets: what is supported

Written by \`${generateWalletSupportCommand}\` from the tables that the verifier uses; the rules are in the
[specification](../spec/13-wallet-ownership.md), in the section that stands last in a row. Whatever is not in these tables is never
\`verified\`.

${markdownTable(['network', 'native asset', 'addresses', 'signatures', 'rules'], rows)}

## What is checked

In every family of networks the address is derived from the key that signed, and compared.

${markdownTable(['rules', 'family', 'verified', 'unproven without more evidence'], checks)}
`;
}
