import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { type PackedWorkspace, run, tool } from './packed-workspace.js';

/** An example of a README, and the lines that its `console.log(…); // line` comments promise. */
export interface ReadmeExample {
  name: string;
  code: string;
  promised: string[];
}

/** The ts blocks of the packages' READMEs. */
export function readmeExamples(packed: PackedWorkspace): ReadmeExample[] {
  return packed.packages.flatMap(({ name, folder }) => {
    const text = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
    return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => ({
      name,
      code,
      promised: [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line = '']) => line),
    }));
  });
}

/** What examples read: the example world of `makeExampleReport`, as its commands left it. */
const worldFiles = ['month/public', 'reports', 'alice_inclusion_proof.json'];

/**
 * Writes each example into a folder of its own in the project outside of the workspace, checks the types of all, runs them
 * there, and returns what each prints.
 */
export function runExamples(packed: PackedWorkspace, examples: readonly ReadmeExample[]): string[][] {
  const folders = examples.map(({ name, code }) => {
    const folder = fs.mkdtempSync(path.join(packed.folder, `${name.replace('@solvent/', '')}-`));
    for (const file of worldFiles) {
      fs.cpSync(path.join(packed.folder, file), path.join(folder, file), { recursive: true });
    }
    fs.writeFileSync(path.join(folder, 'example.ts'), code);
    return folder;
  });
  const types = ['--typeRoots', path.resolve('node_modules/@types'), '--types', 'node'];
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'node16', ...types];
  run(tool('tsc'), [...options, ...folders.map((folder) => path.join(folder, 'example.ts'))], packed.folder);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
  return folders.map((folder, i) => {
    const { outputText } = ts.transpileModule(examples[i].code, { compilerOptions });
    fs.writeFileSync(path.join(folder, 'example.js'), outputText);
    return run(process.execPath, ['example.js'], folder).trimEnd().split('\n');
  });
}
