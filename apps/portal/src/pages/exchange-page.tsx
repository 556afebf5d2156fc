import type { Session } from '../session.js';
export function ExchangePage(_: { session?: Session }) {
  return <h1>Exchange</h1>;
}
