/** Sequences of operations on few names, so that they meet. */
import fc from 'fast-check';
import type { Step } from './storage-rules.js';

const part = fc.constantFrom('a', 'b', 'a-1', 'ab');
const file = fc.constantFrom('task.bin', 'proof.bin', 'a.bin');
const name = fc
  .tuple(fc.array(part, { maxLength: 2 }), file)
  .map(([folders, last]) => [...folders, last].map(String).join('/'));
const bytes = fc.uint8Array({ maxLength: 3 });
const prefix = fc.oneof(fc.constantFrom('', 'a', 'a/', 'a-', 'b/a'), name);

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('put' as const), name, bytes, fromFile: fc.boolean() }),
    fc.record({ kind: fc.constant('get' as const), name, toFile: fc.boolean() }),
    fc.record({ kind: fc.constant('list' as const), prefix }),
    fc.record({ kind: fc.constant('delete' as const), names: fc.array(name, { maxLength: 3 }) }),
  ),
  { maxLength: 40 },
);
