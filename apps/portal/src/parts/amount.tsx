/** An exact amount, its zeros at the end pale, its point below those of other amounts of the column. */
import { formats } from '../formats.js';

/** `columnDecimals` is the most decimals of the column: shorter amounts get room for the missing ones. */
export function Amount(props: { units: bigint; decimals: number; columnDecimals?: number }) {
  const { whole, fraction, zeros } = formats.amount(props.units, props.decimals);
  const missing = (props.columnDecimals ?? props.decimals) - props.decimals;
  const room = missing <= 0 ? '' : (props.decimals === 0 ? '.' : '') + '0'.repeat(missing);
  return (
    <span class="amount">
      {whole}
      {fraction}
      {zeros !== '' && <span class="amount-zeros">{zeros}</span>}
      {room !== '' && (
        <span class="amount-room" aria-hidden="true">
          {room}
        </span>
      )}
    </span>
  );
}
