/** The operator's list of which tokens count as which assets (spec §14.1, §14.3). */
import { type TokenMapping, tokenMappingField } from '@solvent/report-format/report';
import { readInputText } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import { escapeUnsafe } from '../terminal.js';

const maxTokensFileSize = 2 ** 22;
const form = '[{"network": "ethereum", "token": "0x…", "asset": "USDT", "decimals": 6}, …]';

/** Reads the list, in any order. Throws an InputError that names the file and the position. */
export async function readTokens(path: string): Promise<TokenMapping[]> {
  const text = await readInputText(path, maxTokensFileSize);
  let list: unknown;
  try {
    list = JSON.parse(text.startsWith('\u{feff}') ? text.slice(1) : text);
  } catch {
    throw new InputError(`${path}: expected ${form}, got text that is not JSON`);
  }
  if (!Array.isArray(list)) throw new InputError(`${path}: expected ${form}`);
  return list.map((item, i) => {
    const checked = tokenMappingField.safeParse(item);
    if (checked.success) return checked.data;
    const [{ path: member, message }] = checked.error.issues;
    throw new InputError(`${path}: [${[i, ...member].map(String).map(escapeUnsafe).join('].')}: ${message}`);
  });
}
