/** What the built site is made of. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '@solvent/scripts/steps';
import { filesBelow } from '@solvent/scripts/workspace';
import { describe, expect, test } from 'vitest';
import { builtSite } from './demo-reports.js';

/** The modules that a built script was made from, as paths from the repository's root or from node_modules. */
function modulesOf(script: string): string[] {
  const map: { sources: string[] } = JSON.parse(fs.readFileSync(path.join(builtSite, `${script}.map`), 'utf8'));
  return map.sources.map((source) => source.replace(/^(\.\.\/)+/, ''));
}

const scripts = filesBelow(path.join(builtSite, 'assets'), ['.js']).map((name) => `assets/${name}`);
const named = (name: string) => scripts.find((script) => script.startsWith(`assets/${name}-`)) ?? '';
const sizeOf = (name: string) => gzipSync(fs.readFileSync(path.join(builtSite, name)), { level: 9 }).length;

/** Digests of the files that browsers load, of a build into another folder. */
function buildAgain(): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-site-'));
  try {
    execFileSync(process.execPath, [path.join(root, 'apps/portal/build.js'), folder], { stdio: 'pipe' });
    return digestsIn(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

// Maps name their sources by the way to them, which differs from folder to folder.
function digestsIn(folder: string): string[] {
  const lines = fs.readFileSync(path.join(folder, 'site-files.sha256'), 'utf8').trim().split('\n');
  return lines.filter((line) => !line.endsWith('.map'));
}

describe('the built site', () => {
  test('is there, with what the names below stand for', () => {
    for (const name of ['index', 'verify-worker', 'check-report', 'uPlot.esm']) expect(named(name), name).not.toBe('');
  });

  test('holds the verifiers of the command, and nothing of the prover, the apps or the chains', () => {
    const modules = scripts.flatMap(modulesOf);
    for (const name of ['liabilities', 'inclusion', 'ownership', 'reserves', 'report']) {
      expect(
        modules.some((module) => module.includes(`packages/verifier/${name}-verifier/`)),
        name,
      ).toBe(true);
    }
    const wrong = /packages\/prover\/|packages\/chain\/|apps\/(?!portal\/)|stark-prover|solvent\/(kernels|ledger)/;
    expect(modules.filter((module) => wrong.test(module))).toEqual([]);
  });

  test('loads every kind of signature only for a whole report, and charts only for the history', () => {
    const first = ['index', 'verify-worker'].flatMap((name) => modulesOf(named(name)));
    expect(first.filter((module) => /ownership-verifier\/|uplot/i.test(module))).toEqual([]);
    expect(modulesOf(named('check-report')).some((module) => module.includes('ownership-verifier/'))).toBe(true);
  });

  test('is small enough to open at once on a phone', () => {
    const first = ['index.html', 'theme.js', named('index'), named('verify-worker')];
    const styles = filesBelow(path.join(builtSite, 'assets'), ['.css']).map((name) => `assets/${name}`);
    const firstSize = [...first, ...styles].reduce((sum, name) => sum + sizeOf(name), 0);
    expect(firstSize).toBeLessThan(80_000);
    const all = [...first, ...styles, named('check-report'), named('uPlot.esm')];
    expect(all.reduce((sum, name) => sum + sizeOf(name), 0)).toBeLessThan(240_000);
  });

  test('names no other host, has nothing inline, and a policy that starts from nothing', () => {
    const html = fs.readFileSync(path.join(builtSite, 'index.html'), 'utf8');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/unsafe|https?:|\sstyle=|<style|\son[a-z]+=/);
    expect(html.match(/<script[^>]*>[^<]/g)).toBeNull();
    const references = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(references.length).toBeGreaterThan(3);
    expect(references.filter((address) => !address?.startsWith('./'))).toEqual([]);
  });

  test('comes out the same again', () => {
    const digests = buildAgain();
    expect(digests.length).toBeGreaterThan(8);
    expect(buildAgain()).toEqual(digests);
  });

  test('lists the digest of every file but the one that its host may change', () => {
    const list = fs.readFileSync(path.join(builtSite, 'site-files.sha256'), 'utf8').trim().split('\n');
    const names = list.map((line) => line.slice(66)).sort();
    const files = filesBelow(builtSite, ['']).filter((name) => fs.statSync(path.join(builtSite, name)).isFile());
    expect(names).toEqual(files.filter((name) => name !== 'portal.json' && name !== 'site-files.sha256'));
  });
});
