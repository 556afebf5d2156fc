/** The portal as the API serves it, with its own headers, and a login: the real thing on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPart, requirePart } from '../support/system-parts.js';
import { type Demo, makeDemo } from './demo-reports.js';
import { goTo, launch, reportReady, visit } from './visit.js';

const chromiumPath = findPart('chromium');

let demo: Demo;
let api: ChildProcess;
let browser: Browser;
let output = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  demo = makeDemo(3000);
  const command = path.join(root, 'apps/api/bin/solvent-api.js');
  api = spawn(process.execPath, [command, '--demo', demo.folder, '--port', '0'], { stdio: 'pipe' });
  api.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  browser = await launch(chromiumPath);
});

afterAll(async () => {
  await browser?.close();
  if (api?.exitCode === null) {
    api.kill('SIGINT');
    await once(api, 'exit');
  }
  demo?.remove();
});

const said = (name: string) => new RegExp(`^${name} +(.+)$`, 'm').exec(output)?.[1] ?? '';

test('a holder logs in, fetches their file of each month and verifies it, and then the exchange', async (context) => {
  requirePart('chromium', context);
  await expect.poll(() => output, { timeout: 60_000 }).toContain('Ctrl-C');
  const { page, complaints, requests, leave } = await visit(browser, said('portal'));
  await reportReady(page);
  await page.getByText('Or fetch it from the exchange').click();
  await page.fill('#token', `${said('token').slice(0, -8)}AAAAAAAA`);
  await page.getByRole('button', { name: 'Fetch my file' }).click();
  await page.getByText('The exchange gave no file').waitFor();
  for (const month of ['2026-02', '2026-01']) {
    await page.selectOption('#report', month);
    await reportReady(page);
    await page.fill('#token', said('token'));
    await page.getByRole('button', { name: 'Fetch my file' }).click();
    await page.getByText(`inclusion file for ${month}`).waitFor();
    expect(await page.inputValue('#account-id')).toBe(said('account id'));
    await page.getByRole('button', { name: 'Check my balance' }).click();
    await page.getByText('Inclusion constraint validation passed', { exact: true }).waitFor();
    expect(await page.locator('.balances tbody tr').count()).toBe(demo.balances(month, said('account id')).size);
  }
  expect(requests.filter((request) => request.includes(said('account id')))).toEqual([]);
  await goTo(page, 'Check the exchange');
  await page.getByRole('button', { name: 'Verify the report' }).click();
  await page.getByText('Every part of this report verifies.', { exact: true }).waitFor({ timeout: 120_000 });
  expect(complaints).toEqual([]);
  await leave();
});
