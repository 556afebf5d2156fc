/**
 * The challenge: the message that the holder of a wallet's key signs for one report (spec §13.5).
 *
 *     Solvent wallet challenge 1: this is a wallet of exchange "Example Exchange" itself, report "2026-01", network bitcoin,
 *     height 934501, block 00000000000000000001f…, address bc1q…
 *
 * It is one line, without a line's end, of the ASCII characters from space to ~, so that any device can show it.
 */
import * as z from 'zod/mini';
import { blockHashField, textField } from '../fields.js';

/** What a challenge binds a signature to. */
export interface Challenge {
  readonly exchange: string;
  readonly reportId: string;
  /** Id of the network (§13.3). */
  readonly network: string;
  /** Height of the network's block at the snapshot. */
  readonly height: number;
  /** The block's hash as its network writes it: 1 to 128 ASCII letters, digits, `+`, `/`, `=`, `_` and `-`. */
  readonly block: string;
  /** The address, in a spelling of its network: 1 to 256 ASCII characters from `!` to `~`. */
  readonly address: string;
}

/** What every challenge begins with; fixed texts of other tools do not. */
export const challengePrefix = 'Solvent wallet challenge ';

const heightField = z.int().check(z.minimum(0));

const challengeSchema = z.strictObject({
  exchange: textField,
  reportId: textField,
  network: z.string().check(z.regex(/^[a-z0-9]{1,32}(?:-[a-z0-9]{1,32}){0,3}$/, 'expected the id of a network')),
  height: heightField,
  block: blockHashField,
  address: z.string().check(z.regex(/^[!-~]{1,256}$/, 'expected 1 to 256 ASCII characters without space')),
});

/**
 * The text to sign.
 *
 * @throws RangeError when a member is not in its range
 */
export function formatChallenge(challenge: Challenge): string {
  const checked = challengeSchema.safeParse(challenge);
  if (!checked.success) {
    const [{ path, message }] = checked.error.issues;
    throw new RangeError(`challenge at ${path.join('.')}: ${message}`);
  }
  return compose(challenge);
}

function compose({ exchange, reportId, network, height, block, address }: Challenge): string {
  const names = `this is a wallet of exchange ${quoteAscii(exchange)} itself, report ${quoteAscii(reportId)}`;
  return `${challengePrefix}1: ${names}, network ${network}, height ${height}, block ${block}, address ${address}`;
}

const quotedText = '("(?:[ !#-\\[\\]-~]|\\\\["\\\\]|\\\\u[0-9a-f]{4}){1,768}")';
const pattern = new RegExp(
  `^${challengePrefix}1: this is a wallet of exchange ${quotedText} itself, report ${quotedText}, network ([a-z0-9-]+), height ([0-9]{1,16}), ` +
    'block ([^ ,]+), address ([^ ]+)$',
);

/** The challenge that a text is: undefined when it is none, or not the one text for it. Never throws. */
export function parseChallenge(text: string): Challenge | undefined {
  if (text.length > maxChallengeSize) return undefined;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, exchange, reportId, network, height, block, address] = match;
  const challenge = {
    exchange: JSON.parse(exchange),
    reportId: JSON.parse(reportId),
    network,
    height: Number(height),
    block,
    address,
  };
  const isChallenge = challengeSchema.safeParse(challenge).success && compose(challenge) === text;
  return isChallenge ? challenge : undefined;
}

/** More characters than any challenge has. */
const maxChallengeSize = 4096;

// A string in JSON, with every UTF-16 code unit escaped that is not ASCII.
function quoteAscii(text: string): string {
  return JSON.stringify(text).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
