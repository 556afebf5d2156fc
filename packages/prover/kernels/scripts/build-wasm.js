// Compiles assembly/ to WebAssembly and writes it as a module, src/wasm-binary.ts, so that every bundler and runtime can
// load it. `--check` compares instead of writing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src/wasm-binary.ts');

const folder = mkdtempSync(join(tmpdir(), 'solvent-wasm-'));
try {
  const binary = join(folder, 'kernels.wasm');
  const { error, stderr } = await asc.main(['--config', join(root, 'assembly/asconfig.json'), '-o', binary]);
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const lines = readFileSync(binary)
    .toString('base64')
    .match(/.{1,112}/g)
    .map((line) => `  '${line}',`);
  const module = [
    '// Made from assembly/ by `pnpm --filter @solvent/kernels wasm`; do not edit.',
    '',
    '/** The compiled kernels, in base64. */',
    'export const wasmBinary = [',
    ...lines,
    "].join('');",
    '',
  ].join('\n');
  if (!process.argv.includes('--check')) writeFileSync(target, module);
  else if (readFileSync(target, 'utf8') !== module) {
    console.error('src/wasm-binary.ts is not what assembly/ compiles to: run pnpm --filter @solvent/kernels wasm');
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
