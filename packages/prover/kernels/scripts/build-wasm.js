// Compiles assembly/ to WebAssembly and writes it as a module, src/wasm-binary.ts, so that every bundler and runtime can
// load it. `--check` compares instead of writing.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { blake3Rounds } from './blake3-compression.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src/wasm-binary.ts');

/**
 * The compiler looks for `.ts`. Our sources end in `.as`, so that tools for TypeScript, which they are not, leave them
 * alone.
 */
function readFile(name, baseFolder) {
  const path = resolve(baseFolder, name);
  for (const candidate of [path.replace(/\.ts$/, '.as'), path]) {
    if (existsSync(candidate))
      return readFileSync(candidate, 'utf8').replace(
        '/* BLAKE3_ROUNDS: scripts/blake3-compression.js */',
        blake3Rounds,
      );
  }
  return null;
}

const folder = mkdtempSync(join(tmpdir(), 'solvent-wasm-'));
try {
  const binary = join(folder, 'kernels.wasm');
  const options = ['--config', join(root, 'assembly/asconfig.json'), '-o', binary];
  const { error, stderr } = await asc.main(options, { readFile });
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
