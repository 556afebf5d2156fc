/** Wallets whose keys follow from their numbers, as files of a rehearsal. */
import { createHash } from 'node:crypto';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { makeRehearsal } from '../../src/wallets/rehearsal.js';
import { signerOf } from '../../src/wallets/signing/signers.js';
import { write } from './folder.js';

/** A secret key that everybody knows. */
export function testKey(name: string | number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`solvent test key ${name}`).digest());
}

/** Writes `wallets.csv`, `keys.json` and `snapshot.json` into a folder. */
export function writeRehearsal(folder: string): void {
  let count = 0;
  const { rows, keyFile, snapshot } = makeRehearsal(() => testKey(count++), {
    exchange: 'Example Exchange',
    reportId: '2026-01',
  });
  write(`${folder}/wallets.csv`, writeOwnCsvList(rows));
  write(`${folder}/keys.json`, keyFile);
  write(`${folder}/snapshot.json`, JSON.stringify(snapshot));
}

/** Writes a list in the published form, with a row of each verdict and a duplicate. */
export function writePublishedList(path: string): void {
  const message = 'I am an OKX address';
  const columns = 'message,signature1,signature2,redeem script/ public key,eoa1,eoa2';
  const header = `coin,Network,Snapshot Height,address,amount,${columns}`;
  const line = (coin: string, id: string, key: string, amount: string, owners = '') => {
    const network = findNetwork(id)!;
    const address = { kind: 'P2WPKH', hash: new Uint8Array(20), canonical: '' };
    const { signature, publicKey } = signerOf(network).sign({ message, network, address, script: '' }, testKey(key));
    const own = owners === '' ? signerOf(network).addressOf(testKey(key), network) : '0x'.padEnd(42, '1');
    return `${coin},${id.toUpperCase()},21000000,${own},${amount},${message},${signature},null,${publicKey ?? 'null'},${owners},`;
  };
  const owner = signerOf(findNetwork('ethereum')!).addressOf(testKey('owner'), findNetwork('ethereum')!);
  const lines = [
    line('BTC', 'bitcoin', 'a', '449.514'),
    line('ETH', 'ethereum', 'b', '5.2834'),
    line('ETH', 'ethereum', 'b', '5.2834').replace(/0x[0-9a-f]{40}/, (text) => `0x${text.slice(2).toUpperCase()}`),
    line('ETH-ARBITRUM', 'arbitrum', 'b', '0.2214'),
    line('USDT-ERC20', 'ethereum', 'owner', '1000', owner),
    line('USDT-TRC20', 'tron', 'c', '5436.9044').replace('OKX', 'OKEX'),
    line('TON', 'ton', 'd', '1').replace('TON,TON', 'NOSUCH,TON'),
    line('SOL', 'solana', 'e', '1e3'),
  ];
  const summary = [
    'coin,snapshot height,amount',
    'ETH(ALL),-, 10',
    'BTC,763861,449.514',
    'USDT-TRC20,46095694,5436.9044',
  ];
  write(path, [...summary, '', header, ...lines, ''].join('\n'));
}
