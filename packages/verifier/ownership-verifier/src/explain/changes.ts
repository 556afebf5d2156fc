/** Small changes to a row with which its signatures would prove the address: what goes wrong where people copy and paste. */
import type { Network } from '@solvent/report-format/networks/network';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { isVerdict, type OwnershipClaim } from '../claim.js';
import type { UsefulChange } from '../explain-wallet.js';
import { familyOf } from '../families.js';

type Changed = readonly [change: string, claim: OwnershipClaim, network: Network];

/** Every change of the list with which the row would verify at steps W3 and W5 to W7. */
export function findChanges(row: WalletRow, network: Network, others: readonly Network[]): readonly UsefulChange[] {
  return changesOf(row, network, others).flatMap(([change, claim, on]) => {
    const proves = provenBy(claim, on);
    return proves === undefined ? [] : [{ change, proves }];
  });
}

function provenBy(claim: OwnershipClaim, network: Network): string | undefined {
  const family = familyOf(network);
  const address = family.decodeAddress(claim.address, network);
  if (isVerdict(address)) return undefined;
  const { verdict, detail } = family.verify(claim, address, network);
  return verdict === 'verified' ? detail : undefined;
}

function changesOf(row: WalletRow, network: Network, others: readonly Network[]): readonly Changed[] {
  const { message, signatures, script, owners, address } = row;
  const changed = (change: string, edit: Partial<OwnershipClaim>): Changed => [change, { ...row, ...edit }, network];
  return [
    ...messagesLike(message).map(([change, text]) => changed(change, { message: text })),
    changed('white space around the signatures removed', { signatures: signatures.map((text) => text.trim()) }),
    changed('white space around address and script removed', { address: address.trim(), script: script.trim() }),
    ...(signatures.length < 2
      ? []
      : [changed('the signatures in the opposite order', { signatures: signatures.toReversed() })]),
    ...(signatures.length < 2
      ? []
      : signatures.map((text, i) => changed(`signature ${i + 1} alone`, { signatures: [text] }))),
    ...(script === '' ? [] : [changed('nothing in the column of scripts', { script: '' })]),
    ...(script === '' || owners.length > 0
      ? []
      : [changed('the script in the column of owners', { script: '', owners: [script] })]),
    ...(owners.length === 0 ? [] : [changed('no owners', { owners: [] })]),
    ...(owners.length === 0 || script !== ''
      ? []
      : [changed('the first owner in the column of scripts', { script: owners[0], owners: owners.slice(1) })]),
    ...others.map((other): Changed => [`the network ${other.id} instead of ${network.id}`, row, other]),
  ];
}

/** The same message as it comes out of other programs. */
function messagesLike(message: string): readonly (readonly [change: string, text: string])[] {
  const found: (readonly [string, string])[] = [
    ['a line end after the message', `${message}\n`],
    ['no white space around the message', message.trim()],
    ['line ends of one character in the message', message.replaceAll('\r\n', '\n')],
    ['line ends of two characters in the message', message.replaceAll(/\r?\n/g, '\r\n')],
    ['line ends in place of \\n in the message', message.replaceAll('\\n', '\n')],
    ['spaces in place of line ends in the message', message.replaceAll(/\r?\n/g, ' ')],
    ['no quotation marks around the message', message.replace(/^(["'])(.*)\1$/s, '$2')],
    ['the message in composed Unicode', message.normalize('NFC')],
    ['the message in lower case', message.toLowerCase()],
  ];
  return found.filter(([, text]) => text !== message);
}
