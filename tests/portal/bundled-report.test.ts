/** The bundled example of 120,804 accounts, verified in a browser from the first byte to the last check. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPart, requirePart } from '../support/system-parts.js';
import { builtSite, type Demo, makeDemo } from './demo-reports.js';
import { type Site, serveSite } from './serve.js';
import { checkFile, goTo, launch, reportReady, visit } from './visit.js';

const chromiumPath = findPart('chromium');

let demo: Demo;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  demo = makeDemo();
  site = await serveSite(builtSite, demo.reports);
  browser = await launch(chromiumPath);
}, 900_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  demo?.remove();
});

test('the bundled report verifies in a browser, and an account of it', async (context) => {
  requirePart('chromium', context);
  const { page, complaints, leave } = await visit(browser, site.url);
  const started = performance.now();
  await reportReady(page);
  const opened = performance.now();
  await checkFile(page, demo.inclusionFile('2026-02', 'user-0120000'), 'user-0120000');
  await page.getByText('Inclusion constraint validation passed', { exact: true }).waitFor();
  await goTo(page, 'Check the exchange');
  const asked = performance.now();
  await page.getByRole('button', { name: 'Verify the report' }).click();
  await page.getByText('Every part of this report verifies.', { exact: true }).waitFor({ timeout: 120_000 });
  const verified = performance.now();
  expect(await page.locator('.ratios tbody tr').count()).toBe(22);
  expect(complaints).toEqual([]);
  console.log(
    `the bundled report in a browser: liabilities after ${Math.round(opened - started)} ms, all of it in ${Math.round(verified - asked)} ms`,
  );
  await leave();
}, 300_000);
