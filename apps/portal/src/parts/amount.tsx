/** Exact amounts, their points below each other. */
import { formats } from '../formats.js';

/** An amount, its zeros at the end pale. `columnDecimals` is the most decimals of the column: shorter ones get room. */
export function Amount(props: { units: bigint; decimals: number; columnDecimals?: number }) {
  const { whole, fraction, zeros } = formats.amount(props.units, props.decimals);
  return (
    <span class="amount">
      {whole}
      {fraction}
      {zeros !== '' && <span class="amount-zeros">{zeros}</span>}
      <Room decimals={props.decimals} columnDecimals={props.columnDecimals} />
    </span>
  );
}

/** An amount without the zeros at its end. */
export function ShortAmount(props: { units: bigint; decimals: number; columnDecimals?: number }) {
  const { whole, fraction } = formats.amount(props.units, props.decimals);
  return (
    <span class="amount">
      {whole}
      {fraction}
      <Room decimals={shownDecimals(props.units, props.decimals)} columnDecimals={props.columnDecimals} />
    </span>
  );
}

/** How many decimals an amount has without the zeros at its end. */
export function shownDecimals(units: bigint, decimals: number): number {
  const { fraction } = formats.amount(units, decimals);
  return Math.max(0, fraction.length - 1);
}

// Figures have one width, so the digits that are not there take the room that they would.
function Room({ decimals, columnDecimals = decimals }: { decimals: number; columnDecimals?: number | undefined }) {
  if (columnDecimals <= decimals) return null;
  return (
    <span class="amount-room" aria-hidden="true">
      {decimals === 0 && '.'}
      {'0'.repeat(columnDecimals - decimals)}
    </span>
  );
}
