/**
 * What the columns of a table may be of. A database turns their values into text, and the text is read like a CSV file's.
 */
import { LedgerError } from '@solvent/ledger/ledger-error';

/**
 * What the text of a column's values is:
 *
 * - `text`: what stands there
 * - `integer`: decimal digits
 * - `numeric`: an exact decimal number with as many decimals as the type asks for
 * - `uuid`: its 36 characters
 * - `other`: anything else, floating point above all
 */
export type ColumnKind = 'text' | 'integer' | 'numeric' | 'uuid' | 'other';

/** A column of a table. */
export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** What the source calls the type, for errors. */
  readonly typeName: string;
}

type Role = 'id' | 'asset' | 'amount';

const kindsOf: Readonly<Record<Role, readonly ColumnKind[]>> = {
  id: ['text', 'integer', 'uuid'],
  asset: ['text'],
  amount: ['numeric', 'integer', 'text'],
};

/** The names of types in a source, for errors. */
export type TypeWords = Readonly<Record<Role, string>>;

/** Throws a LedgerError for the first column whose type could not give exact text for what the column says. */
export function assertColumnTypes(file: string, columns: readonly TableColumn[], words: TypeWords): void {
  const names = columns.map(({ name }) => name);
  const isLong = names.includes('asset') && names.includes('balance');
  for (const [field, { name, kind, typeName }] of columns.entries()) {
    const role = roleOf(name, isLong);
    if (kindsOf[role].includes(kind)) continue;
    const place = { file, column: field + 1, columnName: name };
    throw new LedgerError({ ...place, expected: words[role], found: typeName });
  }
}

function roleOf(name: string, isLong: boolean): Role {
  if (name === 'account_id') return 'id';
  return isLong && name === 'asset' ? 'asset' : 'amount';
}
