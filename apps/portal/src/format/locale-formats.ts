/** Numbers and times as people of a place write them. Amounts stay exact: no floating point touches them. */

/** An amount in parts, so that points can stand below each other. */
export interface AmountParts {
  readonly whole: string;
  /** With its point; empty for none. */
  readonly fraction: string;
  /** The zeros at the end of the fraction, which are shown with less weight. */
  readonly zeros: string;
}

/** How one locale writes. */
export interface LocaleFormats {
  count(value: number | bigint): string;
  /** `units` of 10^−decimals. */
  amount(units: bigint, decimals: number): AmountParts;
  amountText(units: bigint, decimals: number): string;
  /** A percentage that is rounded already, such as `105.00 %`. */
  percent(text: string): string;
  size(bytes: number): string;
  seconds(milliseconds: number): string;
  /** A time in UTC, with its zone. */
  time(iso: string): string;
  month(iso: string): string;
}

/** The formats of a locale, such as `de-CH`; of several, those of the first that is known. */
export function createFormats(locales: string | readonly string[]): LocaleFormats {
  const wholeFormat = new Intl.NumberFormat(locales as string[]);
  const point = wholeFormat.formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const digits = Array.from({ length: 10 }, (_, i) => wholeFormat.format(i));
  const localDigits = (text: string) => text.replace(/[0-9]/g, (digit) => digits[Number(digit)]);
  const dateFormat = new Intl.DateTimeFormat(locales as string[], {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  const monthFormat = new Intl.DateTimeFormat(locales as string[], { dateStyle: 'medium', timeZone: 'UTC' });
  const shortFormat = new Intl.NumberFormat(locales as string[], { maximumFractionDigits: 1 });

  const amount = (units: bigint, decimals: number): AmountParts => {
    const text = units.toString().padStart(decimals + 1, '0');
    const whole = wholeFormat.format(BigInt(decimals === 0 ? text : text.slice(0, -decimals)));
    if (decimals === 0) return { whole, fraction: '', zeros: '' };
    const all = text.slice(-decimals);
    const significant = all.replace(/0+$/, '');
    const zeros = localDigits(all.slice(significant.length));
    if (significant === '') return { whole, fraction: '', zeros: point + zeros };
    return { whole, fraction: point + localDigits(significant), zeros };
  };
  return {
    count: (value) => wholeFormat.format(value),
    amount,
    amountText: (units, decimals) => {
      const { whole, fraction } = amount(units, decimals);
      return whole + fraction;
    },
    percent: (text) => {
      const [whole, fraction = ''] = text.replace(' %', '').split('.');
      const shown = wholeFormat.format(BigInt(whole)) + (fraction === '' ? '' : point + localDigits(fraction));
      return `${shown}\u00a0%`;
    },
    size: (bytes) => {
      const units = ['B', 'KiB', 'MiB', 'GiB'];
      let [value, unit] = [bytes, 0];
      for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
      return `${shortFormat.format(value)}\u00a0${units[unit]}`;
    },
    seconds: (milliseconds) => `${shortFormat.format(Math.max(0.1, milliseconds / 1000))}\u00a0s`,
    time: (iso) => `${dateFormat.format(new Date(iso))} UTC`,
    month: (iso) => monthFormat.format(new Date(iso)),
  };
}
