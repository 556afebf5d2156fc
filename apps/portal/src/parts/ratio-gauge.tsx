/** Where a ratio stands around 100 %: a scale from 80 % to 130 %, a line at 100 %, a point. The number beside it is exact. */
import type { Ratio } from '@solvent/report-format/fraction';

const [least, most] = [80, 130];
const width = 200;

/** A drawing for eyes only: floating point is fine here, and nothing is decided by it. */
export function RatioGauge({ ratio, covered }: { ratio: Ratio; covered: boolean }) {
  if (ratio.denominator === 0n) return null;
  const percent = Number((ratio.numerator * 100_000n) / ratio.denominator) / 1000;
  const at = placeOf(Math.min(most, Math.max(least, percent)));
  const y = 10;
  return (
    <svg
      class={covered ? 'gauge' : 'gauge gauge-short'}
      viewBox={`0 0 ${width} 20`}
      aria-hidden="true"
      focusable="false"
    >
      <path class="gauge-scale" d={`M2 ${y}H${width - 2}`} />
      <path class="gauge-whole" d={`M${placeOf(100)} 2V18`} />
      <path class="gauge-stem" d={`M${placeOf(100)} ${y}H${at}`} />
      {covered ? (
        <circle class="gauge-point" cx={at} cy={y} r="4.5" />
      ) : (
        <path class="gauge-point" d={`M${at - 5} ${y - 5}h10v10h-10z`} />
      )}
    </svg>
  );
}

function placeOf(percent: number): number {
  return 6 + ((percent - least) / (most - least)) * (width - 12);
}
