// Changes of the wallets and balances of a whole report, and of what it says of blocks and tokens (spec §14.1 to §14.4).
import { evidenceFileName, reportFileName, walletsFileName } from '@solvent/report-format/report';
import { reservesFileName, sortEntries } from '@solvent/report-format/reserves';
import { setIn, spliceText } from './edits.js';
import { tokenAccount } from './full-report.js';
import { missing } from './full-report-lies.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./edits.js').Files} Files */
/** @typedef {import('./full-report-lies.js').ReportLie} ReportLie */

const evmosToken = 'd4949664cd82660aae99bedc034a0dea8a0bd517';
const meterToken = '687a6294d0d6d63e751a059bf1ca68e4ae7b13e2';
const pairOfAptos = [
  '0x2b3be0a97a73c87ff62cbdd36837a9fb5bbd1d7f06a73b7ed62ec15c5326c1b8',
  '0xf22bede237a07e121b56d91a491eb7bcdfd1f5907926a9e58338f964a01b17fa::asset::USDC',
].map((token) => ({ network: 'aptos', token, asset: 'USDC', decimals: 6 }));

const inReport = setIn(reportFileName);
const inReserves = setIn(reservesFileName);

/** @param {Files} files */
export function reservesLies(files) {
  const text = new TextDecoder().decode(files[reservesFileName]);
  const { entries } = JSON.parse(text);
  const lie = (
    /** @type {string} */ id,
    /** @type {string} */ code,
    /** @type {string} */ comment,
    /** @type {Edit} */ edit,
    /** @type {string[]} */ flags = [],
  ) => /** @type {ReportLie} */ ({ id, code, comment, edits: [edit], flags });
  const encoding = (
    /** @type {string} */ id,
    /** @type {string} */ comment,
    /** @type {Edit} */ edit,
    /** @type {string[]} */ flags = [],
  ) => lie(`reserves-${id}`, 'R1 reserves-encoding', comment, edit, flags);
  const block = 'R3 snapshot-block';
  const report = JSON.parse(new TextDecoder().decode(files[reportFileName]));
  const mapped = (
    /** @type {string} */ id,
    /** @type {string} */ code,
    /** @type {string} */ comment,
    /** @type {string} */ network,
    /** @type {string} */ token,
  ) => {
    const tokens = [...report.tokens, { network, token, asset: 'USDT', decimals: 6 }];
    return lie(id, code, comment, inReport('/tokens', tokens.sort(byNetworkAndToken)));
  };
  return [
    {
      id: 'reserves-missing',
      code: 'R1 reserves-missing',
      comment: 'the report binds no balances',
      edits: [missing(reservesFileName)],
    },
    encoding('format', 'another format', inReserves('/format', 'solvent-reserves/2')),
    encoding('member-more', 'a member that entries do not have', inReserves('/entries/0/note', '')),
    encoding('member-less', 'a member is missing', { file: reservesFileName, remove: '/entries/0/token' }),
    encoding('white-space', 'white space', spliceText(reservesFileName, 1, 0, ' '), ['lenient-reader']),
    encoding('units-number', 'units that are a number', inReserves('/entries/0/units', 10500000000), [
      'lenient-reader',
    ]),
    encoding('units-negative', 'negative units', inReserves('/entries/0/units', '-1'), ['lenient-reader']),
    encoding('units-leading-zero', 'a leading zero', inReserves('/entries/0/units', '01'), ['lenient-reader']),
    encoding('units-41-digits', 'a digit too many', inReserves('/entries/0/units', '1'.repeat(41)), ['boundary']),
    encoding('at', 'a balance at something else', inReserves('/entries/0/at', 'latest')),
    encoding('height-fraction', 'a height that is no integer', inReserves('/entries/0/height', 0.5)),
    encoding('token-empty', 'an empty token', inReserves('/entries/0/token', '')),
    encoding('time', 'a time without a zone', inReserves('/entries/0/time', '2026-03-01T00:10:00')),
    lie(
      'entries-order',
      'R1 entry-order',
      'two entries in the other order',
      inReserves('/entries', [entries[1], entries[0], ...entries.slice(2)]),
    ),
    lie('entry-twice', 'R1 entry-order', 'one balance twice', inReserves('/entries', [entries[0], ...entries])),
    lie(
      'block-of-no-network',
      'R2 network',
      'a block of a network that is not there',
      inReport('/blocks/3/network', 'tonn'),
    ),
    lie(
      'token-of-no-network',
      'R2 network',
      'a token of a network that is not there',
      inReport('/tokens/0/network', 'aptoss'),
    ),
    lie(
      'network-by-name',
      'R2 network',
      'a name of the network that is not its id',
      inReport('/blocks/3/network', 'toncoin'),
    ),
    lie(
      'token-spelling',
      'R2 token-spelling',
      'a token in another spelling',
      inReport('/tokens/0/token', `0x${'BA'.repeat(32)}`),
    ),
    lie('token-no-address', 'R2 token-spelling', 'a token that is no address', inReport('/tokens/1/token', 'USDC')),
    lie(
      'token-of-type',
      'R2 token-spelling',
      'a type of Move with a part too many',
      inReport('/tokens/0/token', `0x${'0a'.repeat(32)}::coin::A::B`),
    ),
    lie(
      'token-native',
      'R2 token-native',
      "the network's own asset as a token",
      inReport('/tokens/0/token', `0x${'a'.padStart(64, '0')}`),
    ),
    lie(
      'token-native-type',
      'R2 token-native',
      "the type of the network's own asset",
      inReport('/tokens/0/token', `0x${'1'.padStart(64, '0')}::aptos_coin::AptosCoin`),
    ),
    lie(
      'token-native-evm',
      'R2 token-native',
      'an account that stands for the own asset',
      inReport('/tokens/0', { network: 'ethereum', token: `0x${'ee'.repeat(20)}`, asset: 'ETH', decimals: 18 }),
    ),
    lie(
      'token-native-reserved',
      'R2 token-native',
      'the last account below 2^16',
      inReport('/tokens/0', {
        network: 'ethereum',
        token: `0x${'ffff'.padStart(40, '0')}`,
        asset: 'ETH',
        decimals: 18,
      }),
      ['boundary'],
    ),
    mapped('token-native-sui', 'R2 token-native', 'the coin of Sui', 'sui', `0x${'2'.padStart(64, '0')}::sui::SUI`),
    mapped('token-native-evmos', 'R2 token-native', 'the contract of EVMOS', 'evmos', `0x${evmosToken}`),
    mapped('token-native-meter', 'R2 token-native', 'the contract of MTR', 'meter', `0x${meterToken}`),
    mapped('token-native-boba', 'R2 token-native', 'the contract of ether', 'boba', `0x42${'6'.padStart(38, '0')}`),
    lie(
      'token-of-two-names',
      'R2 token-spelling',
      'a coin and the asset that it is paired with',
      inReport('/tokens', [...report.tokens, ...pairOfAptos].sort(byNetworkAndToken)),
    ),
    mapped('token-sui-address', 'R2 token-spelling', 'an address in place of a type', 'sui', `0x${'ab'.repeat(32)}`),
    mapped('token-denomination', 'R2 token-spelling', 'the own asset of a Cosmos chain', 'cosmos-hub', 'uatom'),
    mapped('token-ibc', 'R2 token-spelling', 'digits in lower case', 'cosmos-hub', `ibc/${'ab'.repeat(32)}`),
    mapped('token-number', 'R2 token-spelling', 'a leading zero', 'polkadot-asset-hub', '01984'),
    mapped('token-of-relay-chain', 'R2 token-spelling', 'a token of a chain without any', 'polkadot', '1984'),
    mapped(
      'token-without-source',
      'R2 token-spelling',
      'a number where no source reads tokens',
      'hedera',
      '0.0.456858',
    ),
    mapped('token-asset-id', 'R2 token-spelling', 'a leading zero', 'algorand', '031566704'),
    mapped('token-issuer', 'R2 token-spelling', 'an issuer that is no address', 'stellar', `USDC:G${'A'.repeat(55)}`),
    mapped('token-policy', 'R2 token-spelling', 'a name of half a byte', 'cardano', `${'21'.repeat(28)}.555`),
    lie(
      'tip-on-aptos',
      block,
      'the newest block of another network whose nodes know the past',
      inReserves('/entries/0', { ...entries[0], at: 'tip', height: entries[0].height + 1 }),
    ),
    lie(
      'tip-on-evm',
      block,
      'the newest block of a network whose nodes know the past',
      inReserves('/entries', [
        ...entries.slice(0, 2),
        { ...entries[6], network: 'ethereum', address: `0x${'12'.repeat(20)}`, height: 24000001 },
        ...entries.slice(2),
      ]),
    ),
    lie(
      'token-account',
      'R5 token-account',
      'the same tokens at their owner and at the account that holds them',
      inReserves('/entries', withTokenAccount(entries)),
    ),
    lie(
      'entry-of-no-network',
      'R3 network',
      'a balance on a network that is not there',
      inReserves('/entries/6/network', 'tonn'),
    ),
    lie('other-height', block, 'a balance of the block before', inReserves('/entries/0/height', 399999999)),
    lie(
      'other-hash',
      block,
      'a balance of another block of the same height',
      inReserves('/entries/0/blockHash', `0x${'0b'.repeat(32)}`),
    ),
    lie('tip-before', block, 'a tip before the block', inReserves('/entries/6/height', 49999999)),
    lie('tip-at-block', block, 'a tip that is the block itself', inReserves('/entries/6/height', 50000000), [
      'boundary',
    ]),
    lie('no-block', block, 'the report names no block of the network, which leaves its wallet unproven', {
      file: reportFileName,
      remove: '/blocks/3',
    }),
    lie('token-unmapped', 'R4 token-unmapped', 'the report does not say what the token counts as', {
      file: reportFileName,
      remove: '/tokens/2',
    }),
    lie(
      'other-token',
      'R4 token-unmapped',
      'a token that nobody mapped',
      inReserves('/entries/4/token', 'mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7Sp'),
    ),
    lie(
      'wallet-unlisted',
      'R5 wallet-unlisted',
      'a wallet that is not on the list',
      inReserves('/entries/6/address', `0:${'ff'.repeat(32)}`),
    ),
    lie(
      'wallet-of-other-asset',
      'R5 wallet-unlisted',
      'the wallet is listed for other assets',
      inReport('/tokens/2/asset', 'MSOL'),
    ),
    lie(
      'address-spelling',
      'R5 wallet-unlisted',
      'the address in another spelling',
      inReserves('/entries/6/address', entries[6].address.toUpperCase()),
    ),
  ];
}

/**
 * The entries, and that of the USDC at its token account.
 * @param {{ network: string, address: string, token: string | null }[]} entries
 */
function withTokenAccount(entries) {
  const usdc = entries.find(({ network, token }) => network === 'solana' && token?.startsWith('EPjF'));
  return /** @type {{ network: string, address: string, token: string | null }[]} */ (
    sortEntries(/** @type {never} */ ([...entries, { ...usdc, address: tokenAccount }]))
  );
}

/** @param {Files} files */
export function walletLies(files) {
  const text = new TextDecoder().decode(files[walletsFileName]);
  const change = (/** @type {string} */ from, /** @type {string} */ to) =>
    spliceText(walletsFileName, text.indexOf(from), from.length, to);
  /** @type {ReportLie[]} */
  const lies = [
    {
      id: 'wallets-missing',
      code: 'P5 wallets-missing',
      comment: 'the report binds no wallet list',
      edits: [missing(walletsFileName)],
    },
    {
      id: 'wallets-encoding',
      code: 'P5 wallets-encoding',
      comment: 'a header that no list has',
      edits: [change('coin,network', 'coin,chain')],
    },
    {
      id: 'evidence-encoding',
      code: 'P5 evidence-encoding',
      comment: 'evidence in another format',
      edits: [setIn(evidenceFileName)('/format', 'solvent-wallet-evidence/2')],
    },
    {
      id: 'evidence-no-utf-8',
      code: 'P5 evidence-encoding',
      comment: 'evidence that is not UTF-8',
      edits: [{ file: evidenceFileName, splice: 0, delete: 0, insert: 'ff' }],
    },
    {
      id: 'wallet-other-block',
      code: 'P5 wallet-failed',
      comment: "the report's block is not the one that was signed",
      edits: [inReport('/blocks/2/hash', 'other')],
    },
    { id: 'wallet-amount', code: 'P5 wallet-failed', comment: 'an amount that is none', edits: [change(',0,', ',x,')] },
    {
      id: 'wallet-fixed-message',
      code: 'P5 wallet-failed',
      comment: 'the caller accepts a fixed text, and the rows have challenges',
      caller: { fixedMessage: 'I am an address' },
    },
    { id: 'ratio', code: 'P6 ratio', comment: 'SOL lacks the last unit', caller: { minRatio: ['1', '1'] } },
    {
      id: 'ratio-just-above',
      base: 'ratio-exactly',
      code: 'P6 ratio',
      comment: 'the ratio that is there, and the smallest that is more',
      caller: { minRatio: ['1999999999991', '2000000000000'] },
      flags: ['boundary'],
    },
  ];
  return lies;
}

/**
 * The order of tokens in a report.
 * @param {{ network: string, token: string }} a
 * @param {{ network: string, token: string }} b
 */
function byNetworkAndToken(a, b) {
  return `${a.network} ${a.token}` < `${b.network} ${b.token}` ? -1 : 1;
}
