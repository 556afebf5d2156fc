import type { Session } from '../session.js';
export function AboutPage(_: { session?: Session }) {
  return <h1>About</h1>;
}
