/** Check the exchange, History, and what holds for every page: axe, both themes, a phone's width, the policy. */
import fs from 'node:fs';
import path from 'node:path';
import { encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findPart, requirePart } from '../support/system-parts.js';
import { builtSite, type Demo, makeDemo, solvent } from './demo-reports.js';
import { type Site, serveSite } from './serve.js';
import { checkFile, goTo, launch, reportReady, type Visit, visit } from './visit.js';

const chromiumPath = findPart('chromium');

let demo: Demo;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  demo = makeDemo(3000);
  site = await serveSite(builtSite, demo.reports);
  browser = await launch(chromiumPath);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  demo?.remove();
});

beforeEach((context) => {
  requirePart('chromium', context);
  site.override = () => undefined;
});

async function during(steps: (visited: Visit) => Promise<void>, options = {}): Promise<void> {
  const visited = await visit(browser, site.url, options);
  try {
    await steps(visited);
    expect(visited.complaints).toEqual([]);
  } finally {
    await visited.leave();
  }
}

/** A directory with the first report made anew, its wallets of one network with half of what they held. */
function reportsWithLess(network: string): string {
  const [from, to] = [path.join(demo.folder, '2026-01'), path.join(demo.folder, 'less')];
  for (const name of ['sum_proof_data.json', 'proofs']) {
    fs.cpSync(path.join(from, 'public', name), path.join(to, 'public', name), { recursive: true });
  }
  const reserves = JSON.parse(fs.readFileSync(path.join(from, 'reserves.json'), 'utf8'));
  for (const entry of reserves.entries) {
    if (entry.network === network) entry.units = String(BigInt(entry.units) / 2n);
  }
  fs.writeFileSync(path.join(to, 'reserves.json'), encodeCanonicalJson(reserves));
  const named = (name: string) => [`--${name}`, path.join(from, name === 'wallets' ? 'wallets.csv' : `${name}.json`)];
  const given = ['wallets', 'snapshot', 'tokens'].flatMap(named);
  solvent('report', 'make', path.join(to, 'public'), ...given, '--reserves', path.join(to, 'reserves.json'));
  solvent('report', 'publish', path.join(to, 'public'), '--to', path.join(to, 'reports'));
  return path.join(to, 'reports');
}

async function verifyReport(page: Page): Promise<void> {
  await goTo(page, 'Check the exchange');
  await page.getByRole('button', { name: 'Verify the report' }).click();
  await page.getByText('Checked by your browser in').waitFor({ timeout: 120_000 });
}

interface CommandRatio {
  asset: string;
  liabilities: string;
  reserves: string;
  percent: string;
}

/** What the command says of the newest report. */
function commandOutcome(): { ratios: CommandRatio[]; digest: string; parts: { ownership: { counts: object } } } {
  return JSON.parse(solvent('verify', path.join(demo.reports, '2026-02'), '--json')).report.full;
}

/** The anchors of the newest report. */
function newestAnchors(): string {
  return solvent('report', 'anchor', path.join(demo.reports, '2026-02'));
}

/** Decimal text as the page shows it to a reader in the United States. */
function shownAmount(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = fraction.replace(/0+$/, '');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (digits === '' ? '' : `.${digits}`);
}

describe('check the exchange', () => {
  test('says of every asset and wallet what the command says', () =>
    during(async ({ page }) => {
      await verifyReport(page);
      await page.getByText('Every part of this report verifies.', { exact: true }).waitFor();
      await page.getByText('Total sum and non-negative constraint validation passed').last().waitFor();
      const { ratios, digest, parts } = commandOutcome();
      expect(ratios.length).toBeGreaterThan(20);
      const rows = await page.locator('.ratios tbody tr').evaluateAll((all) =>
        all.map((row) => {
          for (const room of row.querySelectorAll('.amount-room')) room.remove();
          return [...row.querySelectorAll('th, td')].slice(0, 4).map((cell) => cell.textContent ?? '');
        }),
      );
      expect(rows).toEqual(
        ratios.map(({ asset, liabilities, reserves, percent }) => [
          asset,
          shownAmount(liabilities),
          shownAmount(reserves),
          percent.replace(' ', '\u00a0'),
        ]),
      );
      expect(await page.locator('.result .digest-text').first().textContent()).toBe(digest);
      const options = await page.locator('#wallet-filter option').allTextContents();
      const { verified, failed, unproven, unsupported } = parts.ownership.counts as Record<string, number>;
      expect(options.slice(1)).toEqual([
        `verified (${verified})`,
        `failed (${failed})`,
        `not proven (${unproven})`,
        `not supported (${unsupported})`,
      ]);
      await page.selectOption('#wallet-filter', 'unproven');
      expect(await page.locator('.wallets tbody tr').count()).toBe(unproven);
    }));

  test('says of every check how to do it without the page, in commands that work', () =>
    during(async ({ page }) => {
      await verifyReport(page);
      const checks = page.locator('details.check');
      expect(await checks.count()).toBe(5);
      for (const check of await checks.all()) {
        await check.locator('summary').click();
        const commands = (await check.locator('pre').textContent()) ?? '';
        expect(commands).toContain(`${site.url}reports/2026-02/{report.json,`);
        expect(commands).toContain('proofs/segment-[0000-0000].bin');
        const last = commands.split('\n').at(-1) ?? '';
        if (last.includes('--rpc')) continue;
        const args = last.replace(/^solvent /, '').replace('2026-02', path.join(demo.reports, '2026-02'));
        expect(solvent(...args.split(' '))).toContain('validation passed');
      }
    }));

  test('compares the report with an anchor', () =>
    during(async ({ page }) => {
      await goTo(page, 'Check the exchange');
      await page.getByText('What I know from elsewhere').click();
      const anchors = solvent('report', 'anchor', path.join(demo.reports, '2026-01'));
      const post = /Solvent report of .*/.exec(anchors)?.[0] ?? '';
      await page.fill('#anchor', post);
      await page.getByRole('button', { name: 'Verify the report' }).click();
      await page.getByText('This report does not verify.', { exact: true }).waitFor();
      // What has failed is open.
      await page.getByText('Rejected at step P1').waitFor();
      expect(await page.locator('details.check').first().textContent()).toContain('Rejected at step P1, anchor');
      // With another one given, nothing has been found yet.
      await page.fill('#anchor', /Solvent report of .*/.exec(newestAnchors())?.[0] ?? '');
      await expect.poll(() => page.locator('.readout').count()).toBe(0);
      await page.getByRole('button', { name: 'Verify the report' }).click();
      await page.locator('.readout').getByText('It has the digest that you gave.').waitFor();
      await page.fill('#anchor', '');
      await expect.poll(() => page.locator('.readout').count()).toBe(0);
    }));

  test.each([
    ['wallets.csv', 'Rejected at step P3, file-digest'],
    ['reserves.json', 'Rejected at step P3, file-digest'],
    ['proofs/segment-0000.bin', 'Rejected at step P3, file-digest'],
  ])('fails a report of which %s was changed', async (name, rejection) => {
    const bytes = fs.readFileSync(path.join(demo.reports, '2026-02', name));
    bytes[bytes.length >> 1]! ^= 1;
    site.override = (pathname) => (pathname.endsWith(`2026-02/${name}`) ? { status: 200, body: bytes } : undefined);
    const { page, leave } = await visit(browser, site.url);
    await verifyReport(page);
    await page.getByText('This report does not verify.', { exact: true }).waitFor();
    const text = await page.locator('.checks').textContent();
    expect(text).toContain(rejection);
    expect(await page.locator('.ratios').count()).toBe(0);
    await leave();
  });

  test('does not let a report that verifies look good when an asset is not covered', async () => {
    const short = await serveSite(builtSite, reportsWithLess('bitcoin'));
    const { page, leave } = await visit(browser, short.url);
    await verifyReport(page);
    await page.getByText('The report verifies, but not every asset is covered.', { exact: true }).waitFor();
    expect(await page.locator('.readout').getAttribute('class')).toContain('readout-failed');
    expect(await page.locator('.readout').textContent()).toContain('Not covered: 1 of 22 assets. Lowest: BTC, 52.49');
    const row = page.locator('.ratios tbody tr', { has: page.getByRole('rowheader', { name: 'BTC' }) });
    expect(await row.textContent()).toMatch(/52\.49.%[0-9.]+ missing/);
    await expectGood(page, 'exchange, short');
    await leave();
    await short.close();
  });

  test('says that a chain is broken, on every page that shows reports', async () => {
    const index = fs.readFileSync(path.join(demo.reports, 'reports.json'), 'utf8');
    const other = index.replace(/(?<="report":")[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0'));
    site.override = (pathname) => (pathname.endsWith('/reports.json') ? { status: 200, body: other } : undefined);
    const { page, leave } = await visit(browser, site.url);
    const notice = page.getByRole('alert');
    await notice.waitFor();
    expect(await notice.textContent()).toContain('H2, report-digest');
    await goTo(page, 'History');
    expect(await notice.isVisible()).toBe(true);
    await leave();
  });
});

describe('history', () => {
  test('shows the chain, and charts of what has been verified, with tables', () =>
    during(async ({ page }) => {
      await goTo(page, 'History');
      await page.getByText('2 reports: each names the one before it').waitFor();
      expect(await page.locator('canvas').count()).toBe(0);
      await page.getByRole('button', { name: 'Verify every report' }).click();
      await expect.poll(() => page.locator('.chain .mark-passed').count(), { timeout: 120_000 }).toBe(2);
      await page.locator('canvas').nth(1).waitFor();
      await page.selectOption('#history-asset', 'ETH');
      const rows = await page.locator('section table tbody tr').allTextContents();
      expect(rows.map((row) => row.slice(0, 7))).toEqual(['2026-02', '2026-01']);
      const eth = commandOutcome().ratios.find(({ asset }) => asset === 'ETH');
      expect(rows[0]).toBe(
        `2026-02${shownAmount(eth!.liabilities)}${shownAmount(eth!.reserves)}${eth!.percent.replace(' ', '\u00a0')}`,
      );
      const { reports } = JSON.parse(fs.readFileSync(path.join(demo.reports, 'reports.json'), 'utf8'));
      const digests = await page.locator('.chain .digest-text').allTextContents();
      for (const { report } of reports) expect(digests).toContain(report);
      // The digests of the list are the exchange's own: nobody has compared them with another source.
      await goTo(page, 'Check the exchange');
      await page.locator('.readout').getByText('Compare all 64 digits').waitFor();
      expect(await page.getByText('It has the digest that you gave.').count()).toBe(0);
    }));
});

const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };

describe.each(['light', 'dark'] as const)('in a %s theme', (colorScheme) => {
  describe.each(['phone', 'desktop'] as const)('on a %s', (device) => {
    test('every page is accessible and fits', () =>
      during(
        async ({ page }) => {
          const holder = 'user-0001746';
          await reportReady(page);
          await checkFile(page, demo.inclusionFile('2026-02', holder), holder);
          await page.getByRole('button', { name: 'Show as QR code' }).first().click();
          await expectGood(page, 'balance, passed');
          await checkFile(page, demo.inclusionFile('2026-02', holder), 'somebody');
          await expectGood(page, 'balance, failed');
          await verifyReport(page);
          for (const summary of await page.locator('details summary:visible').all()) await summary.click();
          await expectGood(page, 'exchange');
          await goTo(page, 'History');
          await page.getByRole('button', { name: 'Verify every report' }).click();
          await expect.poll(() => page.locator('.chain .mark-passed').count(), { timeout: 120_000 }).toBe(2);
          await page.locator('canvas').nth(1).waitFor();
          await expectGood(page, 'history');
          await goTo(page, 'How this works');
          await expectGood(page, 'about');
        },
        { colorScheme, viewport: widths[device] },
      ));
  });

  test('has a button for the other one, and remembers', () =>
    during(
      async ({ page }) => {
        const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const before = await ground();
        const other = colorScheme === 'dark' ? 'light' : 'dark';
        await page.getByRole('button', { name: `Use ${other} colours` }).click();
        expect(await ground()).not.toBe(before);
        await page.reload();
        await page.getByRole('button', { name: `Use ${colorScheme} colours` }).waitFor();
        expect(await ground()).not.toBe(before);
      },
      { colorScheme },
    ));
});

/** Asks axe, and that nothing is wider than the page. */
async function expectGood(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const results = await axe.run(document, { resultTypes: ['violations'] });
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
  });
  expect(violations, where).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${where}: wider than the screen`).toBeLessThanOrEqual(0);
}
