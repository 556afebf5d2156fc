// Lies about rows of MultiversX (spec §16.7).
import { changedLetter } from './changes.js';
import { keyAddressLies, noAddress } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function multiversxLies(find) {
  const base = 'raw-without-key';
  const text = find(base).address;
  const contract = 'erd1qqqqqqqqqqqqqpgqxwakt2g7u9atsnr03gqcgmhcv38pt7mkd94q6shuwt';
  return [
    ...keyAddressLies(find, 'message'),
    ['address-letter', base, noAddress, 'a letter is another one', { address: changedLetter(text) }],
    [
      'address-of-two-cases',
      base,
      noAddress,
      'letters of both cases',
      { address: text.toUpperCase().replace('ERD', 'erd') },
    ],
    ['address-of-contract', base, 'unsupported W3 address-kind', 'a contract', { address: contract }],
    [
      'address-of-cosmos',
      base,
      'failed W3 address-network',
      'the prefix of another chain',
      { address: 'cosmos1l3e9pgs3mmwuwrh95fecme0s0qtn2880f2jmfe' },
    ],
  ];
}
