import type { Session } from '../session.js';
export function HistoryPage(_: { session?: Session }) {
  return <h1>History</h1>;
}
