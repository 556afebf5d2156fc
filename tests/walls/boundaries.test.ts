import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';
import { workspacePackages } from '@solvent/scripts/workspace';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const verifier = 'packages/verifier/liabilities-verifier';
const prover = 'packages/prover/stark-prover';

let house = '';

/** A copy of the house without sources: what turbo looks at to know packages, tags and declared dependencies. */
function copyHouse(): string {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-walls-'));
  for (const file of ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'turbo.json']) {
    fs.cpSync(path.join(root, file), path.join(copy, file));
  }
  for (const pkg of workspacePackages()) {
    for (const file of ['package.json', 'turbo.json']) {
      fs.cpSync(path.join(pkg.folder, file), path.join(copy, pkg.path, file));
    }
  }
  return copy;
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
  fs.writeFileSync(path.join(house, file), text);
}

function declare(folder: string, kind: 'dependencies' | 'devDependencies', name: string): void {
  const file = path.join(house, folder, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  manifest[kind] = { ...manifest[kind], [name]: 'workspace:^' };
  fs.writeFileSync(file, JSON.stringify(manifest));
}

function boundaries(): { status: number | null; output: string } {
  const turbo = path.join(root, 'node_modules/.bin/turbo');
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(turbo, ['boundaries'], { cwd: house, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('turbo boundaries', () => {
  beforeAll(() => {
    house = copyHouse();
  });

  afterAll(() => {
    fs.rmSync(house, { recursive: true });
  });

  /** Runs a violation on a fresh copy. */
  function tryViolation(build: () => void): { status: number | null; output: string } {
    fs.rmSync(house, { recursive: true });
    house = copyHouse();
    build();
    return boundaries();
  }

  test('passes the house as it is', () => {
    expect(boundaries()).toMatchObject({ status: 0 });
  });

  test.each(['dependencies', 'devDependencies'] as const)('catches a verifier with a prover in %s', (kind) => {
    const { status, output } = tryViolation(() => {
      declare(verifier, kind, '@solvent/stark-prover');
      write(`${verifier}/src/wrong.ts`, "import { x } from '@solvent/stark-prover/prove';\nexport const y = x;\n");
    });
    expect(status).toBe(1);
    expect(output).toContain('@solvent/stark-prover');
  });

  test('catches a prover that declares a verifier and imports nothing', () => {
    const { status, output } = tryViolation(() => declare(prover, 'dependencies', '@solvent/liabilities-verifier'));
    expect(status).toBe(1);
    expect(output).toContain('@solvent/liabilities-verifier');
  });

  test.each([
    ['core', 'packages/core/field', '@solvent/air'],
    ['protocol', 'packages/protocol/stark', '@solvent/kernels'],
    ['protocol', 'packages/protocol/stark', '@solvent/inclusion-verifier'],
    ['verifier', verifier, '@solvent/cli'],
    ['verifier', verifier, '@solvent/balances'],
    ['prover', prover, '@solvent/balances'],
    ['chain', 'packages/chain/balances', '@solvent/stark-prover'],
    ['portal', 'apps/portal', '@solvent/stark-prover'],
    ['portal', 'apps/portal', '@solvent/ledger'],
    ['portal', 'apps/portal', '@solvent/balances'],
    ['portal', 'apps/portal', '@solvent/cli'],
    ['app', 'apps/cli', '@solvent/scripts'],
  ])('catches %s (%s) that depends on %s', (_layer, folder, name) => {
    const { status, output } = tryViolation(() => declare(folder, 'dependencies', name));
    expect(status).toBe(1);
    expect(output).toContain(name);
  });

  test('catches an import that nothing declares', () => {
    const { status, output } = tryViolation(() =>
      write(`${verifier}/src/wrong.ts`, "import { x } from '@solvent/ledger/csv';\nexport const y = x;\n"),
    );
    expect(status).toBe(1);
    expect(output).toContain('@solvent/ledger');
  });

  test('catches a relative import out of the package', () => {
    const { status, output } = tryViolation(() => {
      write(`${prover}/src/prove.ts`, 'export const x = 1;\n');
      write(
        `${verifier}/src/wrong.ts`,
        "import { x } from '../../../prover/stark-prover/src/prove.js';\nexport const y = x;\n",
      );
    });
    expect(status).toBe(1);
    expect(output).toContain('stark-prover/src/prove.js');
  });
});
