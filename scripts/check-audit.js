// Checks that no known fault is in what is shipped, by the registry's audit. A registry that has none, or that cannot be
// reached, is said, and is a failure only where SOLVENT_AUDIT=required: a build must not depend on somebody else's service.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readAudit } from './audit.js';
import { root } from './steps.js';

const pnpm = path.join(root, 'node_modules', '.bin', 'pnpm');
const { stdout } = spawnSync(pnpm, ['audit', '--prod', '--json'], { cwd: root, encoding: 'utf8', timeout: 60_000 });
const { isDone, problems } = readAudit(stdout ?? '');
for (const problem of problems) console.error(problem);
if (isDone) console.log(`dependencies audited, ${problems.length} problems`);
else console.log('not audited: the registry gave no audit (SOLVENT_AUDIT=required makes this a failure)');
process.exitCode = problems.length > 0 || (!isDone && process.env.SOLVENT_AUDIT === 'required') ? 1 : 0;
