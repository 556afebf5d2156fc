/** What would prove a row that does not verify, in sentences. */
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import type { WalletExplanation } from '../explain-wallet.js';
import type { MessagePolicy } from '../message-policy.js';

type Explained = Omit<WalletExplanation, 'advice'>;

/** Sentences without their full stops; none for a verified row. */
export function adviseOn(explanation: Explained, policy: MessagePolicy): readonly string[] {
  const { verdict, support, addressOf, network } = explanation;
  if (verdict.verdict === 'verified') return [];
  const where = support === undefined ? '' : `; the rules are in §${support.section} of the specification`;
  switch (verdict.step) {
    case 'W1':
      return ['the row in its format (§13.4 of the specification)'];
    case 'W2':
      return ['a coin and a network of the table, which agree (docs/wallet-support.md)'];
    case 'W3':
      return [
        `an address of ${network?.title ?? 'the network'}${support === undefined ? '' : `: ${support.addressKinds.join(', ')}`}${where}`,
        ...(addressOf.length === 0 ? [] : [`the network column as it is for this address: ${addressOf.join(', ')}`]),
      ];
    case 'W4':
      return [`a signature of the message that is asked for: ${messageFor(explanation, policy)}`];
    default:
      return adviseOnSignature(explanation, where);
  }
}

function adviseOnSignature({ verdict, support, address }: Explained, where: string): readonly string[] {
  if (support === undefined) return [];
  const forms = `in one of the forms ${support.schemes.join(', ')}${where}`;
  if (verdict.verdict === 'unproven') {
    return [
      `evidence from the chain at a trusted block: ${verdict.detail}`,
      `or a signature by the address's own key, ${forms}`,
    ];
  }
  if (verdict.verdict === 'unsupported') {
    return [`one of the supported kinds of addresses (${support.addressKinds.join(', ')}), signed ${forms}`];
  }
  return [`a signature of the row's message by the key of ${address?.canonical ?? 'the address'}, ${forms}`];
}

function messageFor({ network, address }: Explained, policy: MessagePolicy): string {
  if (policy.kind === 'fixed') return JSON.stringify(policy.text);
  const { exchange, reportId, blocks } = policy.snapshot;
  const block = blocks.find((one) => one.network === network?.id);
  if (network === undefined || address === undefined || block === undefined) {
    return 'the challenge of this report, for which the snapshot has to name a block of the network';
  }
  const { height, hash } = block;
  const text = formatChallenge({
    exchange,
    reportId,
    network: network.id,
    height,
    block: hash,
    address: address.canonical,
  });
  return JSON.stringify(text);
}
