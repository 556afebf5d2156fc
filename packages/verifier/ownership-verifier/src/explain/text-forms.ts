/** What a text of the row can be: bytes in one of the spellings that rows use. */
import { base58, base64 } from '@scure/base';
import { decodeHexUpTo } from '../encodings/binary-text.js';

export interface TextForm {
  readonly spelling: 'hexadecimal' | 'Base64' | 'Base58';
  readonly sizeBytes: number;
}

/** Longest text that is looked at: Base58 is quadratic, and no key or signature takes more. */
const base58Max = 256;
const bytesMax = 2 ** 16;

/** Every spelling in which a text is bytes; none for other texts. */
export function textForms(text: string): readonly TextForm[] {
  // Hexadecimal digits of other alphabets are there by chance.
  const hex = decodeHexUpTo(text, bytesMax);
  if (hex !== undefined) return [{ spelling: 'hexadecimal', sizeBytes: hex.length }];
  const forms: TextForm[] = [];
  const others = [
    ['Base64', text.length <= bytesMax ? base64 : undefined],
    ['Base58', text.length <= base58Max ? base58 : undefined],
  ] as const;
  for (const [spelling, coder] of others) {
    try {
      const bytes = text === '' ? undefined : coder?.decode(text);
      if (bytes !== undefined) forms.push({ spelling, sizeBytes: bytes.length });
    } catch {
      // The text is none in this spelling.
    }
  }
  return forms;
}
