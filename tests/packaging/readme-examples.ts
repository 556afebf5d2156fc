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

/** Checks the types of an example in the project outside of the workspace, runs it there, and returns what it prints. */
export function runExample(packed: PackedWorkspace, { name, code }: ReadmeExample): string[] {
  const file = `readme-${name.replace('@solvent/', '')}`;
  fs.writeFileSync(path.join(packed.folder, `${file}.ts`), code);
  const types = ['--typeRoots', path.resolve('node_modules/@types'), '--types', 'node'];
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'node16', ...types];
  run(tool('tsc'), [...options, `${file}.ts`], packed.folder);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
  fs.writeFileSync(path.join(packed.folder, `${file}.js`), ts.transpileModule(code, { compilerOptions }).outputText);
  return run(process.execPath, [`${file}.js`], packed.folder)
    .trimEnd()
    .split('\n');
}
