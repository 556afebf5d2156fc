/** Guides and READMEs as programs: their files are written, their commands run, and what they promise is compared. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A fenced block of a page. */
export interface Block {
  /** The line of its first fence, from 1. */
  readonly line: number;
  /** The first word after the fence. */
  readonly language: string;
  /** The words after it, such as `file=accounts.csv`. */
  readonly words: readonly string[];
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\S*)([^\n]*)\n(.*?)^```$/gms)].map((match) => ({
    line: markdown.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    words: (match[2] ?? '').trim().split(/\s+/).filter(Boolean),
    text: match[3] ?? '',
  }));
}

/** What `name=value` says among the words of a block. */
export function wordOf(block: Block, name: string): string | undefined {
  return block.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Runs lines of a shell, which stops at the first that fails; what it wrote is in the error then. */
function runShell(script: string, folder: string, env: Readonly<Record<string, string>>): string {
  const options = { cwd: folder, env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' } as const;
  try {
    return execFileSync('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${script}`], options);
  } catch (error) {
    throw new Error(`${script}\n${(error as { stdout?: string }).stdout ?? ''}`, { cause: error });
  }
}

/**
 * Plays a page from top to bottom in a folder: a block with `file=NAME` is written there, `sh` is run, and each line of a
 * `text` block must be in what the last `sh` wrote.
 * @returns how many blocks were run
 */
export function playPage(page: string, folder: string, env: Readonly<Record<string, string>>): number {
  let [output, count] = ['', 0];
  for (const block of blocksOf(fs.readFileSync(page, 'utf8'))) {
    const file = wordOf(block, 'file');
    if (file !== undefined) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), block.text);
    } else if (block.language === 'sh') {
      output = runShell(block.text, folder, env);
      count++;
    } else if (block.language === 'text') {
      const missing = block.text.split('\n').filter((line) => !output.includes(line.trim()));
      if (missing.length > 0) {
        throw new Error(`${page}:${block.line}: expected ${JSON.stringify(missing)} in the output\n${output}`);
      }
    }
  }
  return count;
}
