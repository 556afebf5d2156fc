/** CashAddr, the addresses of Bitcoin Cash and eCash: a prefix, and Base32 with a checksum of 40 bits (spec §13.6). */

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Generator of the BCH code: what each bit that leaves the 40-bit register adds. */
const generator = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];

const checksumDigits = 8;

function polymod(digits: readonly number[]): bigint {
  let register = 1n;
  for (const digit of digits) {
    const top = register >> 35n;
    register = ((register & 0x07ffffffffn) << 5n) ^ BigInt(digit);
    generator.forEach((value, bit) => {
      if ((top >> BigInt(bit)) & 1n) register ^= value;
    });
  }
  return register ^ 1n;
}

/** Digits of 5 bits for the prefix: the low bits of its letters, and a zero for the colon. */
function prefixDigits(prefix: string): number[] {
  return [...Array.from(prefix, (letter) => letter.charCodeAt(0) & 31), 0];
}

/** Bytes of 5-bit digits; undefined where the bits left over are not zero or a whole digit. */
function bytesOfDigits(digits: readonly number[]): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const digit of digits) {
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 255);
  }
  return bits < 5 && (value & ((1 << bits) - 1)) === 0 ? Uint8Array.from(bytes) : undefined;
}

function digitsOfBytes(bytes: Uint8Array): number[] {
  const digits: number[] = [];
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      digits.push((value >> bits) & 31);
    }
  }
  if (bits > 0) digits.push((value << (5 - bits)) & 31);
  return digits;
}

/** The version byte and hash under a lower-case prefix; undefined where letters, checksum or padding are wrong. Another
 * chain has other letters for the same digits. */
export function decodeCashAddr(prefix: string, text: string, letters = alphabet): Uint8Array | undefined {
  const digits = Array.from(text, (letter) => letters.indexOf(letter));
  if (digits.length < checksumDigits || digits.includes(-1)) return undefined;
  if (polymod([...prefixDigits(prefix), ...digits]) !== 0n) return undefined;
  return bytesOfDigits(digits.slice(0, -checksumDigits));
}

/** The text after the colon for a version byte and hash. */
export function encodeCashAddr(prefix: string, payload: Uint8Array, letters = alphabet): string {
  const digits = digitsOfBytes(payload);
  const checksum = polymod([...prefixDigits(prefix), ...digits, ...new Array<number>(checksumDigits).fill(0)]);
  for (let i = checksumDigits - 1; i >= 0; i--) digits.push(Number((checksum >> BigInt(5 * i)) & 31n));
  return digits.map((digit) => letters[digit]).join('');
}
