// Checks that the compiled kernels are what their sources compile to.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../packages/prover/kernels/scripts/build-wasm.js', import.meta.url));
const { status } = spawnSync(process.execPath, [script, '--check'], { stdio: 'inherit' });
if (status === 0) console.log('the compiled kernels are up to date');
process.exitCode = status ?? 1;
