/** Check my balance, in a real browser on the built site, as an account holder does it. */
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findPart, requirePart } from '../support/system-parts.js';
import { builtSite, type Demo, makeDemo } from './demo-reports.js';
import { type Site, serveSite } from './serve.js';
import { checkFile, launch, reportReady, type Visit, visit } from './visit.js';

const holder = 'user-0001746';
const other = 'user-0000002';
const chromiumPath = findPart('chromium');

let demo: Demo;
let site: Site;
let browser: Browser;
let file = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  demo = makeDemo(3000);
  site = await serveSite(builtSite, demo.reports);
  browser = await launch(chromiumPath);
  file = demo.inclusionFile('2026-02', holder);
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

/** Visits, does something, and asks that the browser had nothing to complain of. */
async function during(steps: (visited: Visit) => Promise<void>, options = {}): Promise<void> {
  const visited = await visit(browser, site.url, options);
  try {
    await reportReady(visited.page);
    await steps(visited);
    expect(visited.complaints).toEqual([]);
  } finally {
    await visited.leave();
  }
}

const passed = (page: Page) => page.getByText('Inclusion constraint validation passed', { exact: true });
const failed = (page: Page) => page.getByText('Inclusion constraint validation failed', { exact: true });

function changed(name: string, change: (text: string) => string): string {
  const before = fs.readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  const target = path.join(demo.folder, name);
  fs.writeFileSync(target, after);
  return target;
}

describe('check my balance', () => {
  test('passes a good file, and shows the balances of the ledger exactly', () =>
    during(async ({ page }) => {
      await checkFile(page, file, holder);
      expect(await passed(page).isVisible()).toBe(true);
      const rows = await page.locator('.balances tbody tr').all();
      const shown = await Promise.all(
        rows.map(async (row) => [await row.locator('th').textContent(), await balanceIn(row)]),
      );
      expect(new Map(shown as [string, string][])).toEqual(paddedBalances());
      await page.getByRole('button', { name: 'Yes, all of them' }).click();
      await page.getByText('You have confirmed these balances.').waitFor();
    }));

  test('fails when the holder does not confirm the balances', () =>
    during(async ({ page }) => {
      await checkFile(page, file, holder);
      await page.getByRole('button', { name: 'No', exact: true }).click();
      expect(await failed(page).isVisible()).toBe(true);
      expect(await passed(page).count()).toBe(0);
    }));

  test.each<[string, () => [path: string, id: string], string, string]>([
    [
      'a file with another amount',
      () => [
        changed('wrong.json', (text) => text.replace(/"amount":"([1-9])/, (_, digit) => `"amount":"${digit}1`)),
        holder,
      ],
      'Rejected at step I4, accounts-path',
      'typing error',
    ],
    [
      'somebody else’s file',
      () => [demo.inclusionFile('2026-02', other), holder],
      'Rejected at step I4, accounts-path',
      'another person',
    ],
    [
      'a file under a mistyped id',
      () => [file, `${holder} `],
      'Rejected at step I4, accounts-path',
      'letter by letter',
    ],
    [
      'a truncated file',
      () => [changed('cut.json', (text) => text.slice(0, text.length / 2)), holder],
      'Rejected at step I2, inclusion-encoding',
      'incomplete',
    ],
    [
      'a file that was formatted anew',
      () => [changed('pretty.json', (text) => JSON.stringify(JSON.parse(text), null, 2)), holder],
      'Rejected at step I2, inclusion-encoding',
      'was changed',
    ],
    [
      'a file with another salt',
      () => [changed('salt.json', (text) => text.replace(/"salt":"[0-9a-f]{8}/, '"salt":"00000000')), holder],
      'Rejected at step I4, accounts-path',
      'save the record',
    ],
  ])('fails %s, and says what to do', (_what, given, rejection, advice) =>
    during(async ({ page }) => {
      const [target, id] = given();
      await checkFile(page, target, id);
      expect(await failed(page).isVisible()).toBe(true);
      const result = await page.locator('.result').textContent();
      expect(result).toContain(rejection);
      expect(result).toContain(advice);
    }),
  );

  test('sends last month’s file to its own report, where it passes', () =>
    during(async ({ page }) => {
      await checkFile(page, demo.inclusionFile('2026-01', holder), holder);
      expect(await failed(page).isVisible()).toBe(true);
      expect(await page.locator('.result').textContent()).toContain('Rejected at step I2, other-report');
      await page.getByRole('button', { name: 'Check it against 2026-01' }).click();
      await reportReady(page);
      await page.getByRole('button', { name: 'Check my balance' }).click();
      await passed(page).waitFor();
    }));

  test('compares a digest from another source, all of it', () =>
    during(async ({ page }) => {
      const digest = ((await page.locator('.digest-text').first().textContent()) ?? '').replace(/\s/g, '');
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      await page.fill('#other-digest', digest.slice(0, 32));
      await page.getByText('Part of one proves nothing.').waitFor();
      await page.fill(
        '#other-digest',
        digest.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      );
      await checkFile(page, file, holder);
      expect(await page.locator('.result').textContent()).toContain('Rejected at step I1, manifest-digest');
      await page.fill('#other-digest', digest.toUpperCase());
      await page.getByRole('button', { name: 'Check my balance' }).click();
      await passed(page).waitFor();
      expect(await page.locator('.result').textContent()).toContain('the one whose digest you gave');
    }));

  test('saves a record with which the check can be repeated', () =>
    during(async ({ page }) => {
      await checkFile(page, file, holder);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save a record' }).click(),
      ]);
      const record = JSON.parse(fs.readFileSync(await download.path(), 'utf8'));
      expect(Buffer.from(record.file.base64, 'base64').equals(fs.readFileSync(file))).toBe(true);
      const { manifest } = JSON.parse(fs.readFileSync(file, 'utf8'));
      expect(record).toMatchObject({
        format: 'solvent-check-record/1',
        accountId: holder,
        sentence: 'Inclusion constraint validation passed',
        manifestDigest: manifest,
        rejection: null,
      });
    }));

  test('fails a report whose proof was changed, and takes no file against it', async () => {
    const proof = fs.readFileSync(path.join(demo.reports, '2026-02/proofs/segment-0000.bin'));
    proof[proof.length - 1] ^= 1;
    site.override = (name) =>
      name.endsWith('2026-02/proofs/segment-0000.bin') ? { status: 200, body: proof } : undefined;
    const { page, leave } = await visit(browser, site.url);
    await page.getByText('Total sum and non-negative constraint validation failed').waitFor();
    await page.setInputFiles('#inclusion-file', file);
    await page.fill('#account-id', holder);
    expect(await page.getByRole('button', { name: 'Check my balance' }).getAttribute('aria-disabled')).toBe('true');
    await page.locator('#account-id').press('Enter');
    expect(await page.locator('.result').count()).toBe(0);
    await leave();
  });

  test('says of a server that fails that nothing has passed or failed', async () => {
    site.override = (name) => (name.endsWith('segment-0000.bin') ? { status: 503 } : undefined);
    const { page, leave } = await visit(browser, site.url);
    await page.getByText('That is neither a pass nor a failure.').waitFor();
    site.override = () => undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await reportReady(page);
    await leave();
  });

  test('can be done by keyboard alone', () =>
    during(async ({ page }) => {
      await page.setInputFiles('#inclusion-file', file);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
      await page.keyboard.press('Enter');
      const reached: string[] = [];
      for (let i = 0; i < 12 && reached.at(-1) !== 'account-id'; i++) {
        await page.keyboard.press('Tab');
        reached.push(
          await page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || ''),
        );
      }
      expect(reached).toEqual(expect.arrayContaining(['report', 'inclusion-file', 'account-id']));
      await page.keyboard.type(holder);
      await page.keyboard.press('Enter');
      await passed(page).waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('result-title');
    }));

  test('writes numbers as the reader’s place does', () =>
    during(
      async ({ page }) => {
        await checkFile(page, file, holder);
        const expected = demo.balances('2026-02', holder).get('EOS') ?? '';
        const german = expected.replace('.', ',').replace(/\B(?=(\d{3})+,)/g, '.');
        expect(await page.locator('.balances').textContent()).toContain(german);
      },
      { locale: 'de-DE' },
    ));
});

describe('privacy', () => {
  test('is watched: what the policy forbids is noticed', async () => {
    const { page, complaints, leave } = await visit(browser, site.url);
    await reportReady(page);
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true;' }));
      document.body.insertAdjacentHTML('beforeend', '<p style="color: red">styled</p>');
    });
    await expect
      .poll(() => complaints)
      .toEqual(expect.arrayContaining(['script-src-elem inline', 'style-src-attr inline']));
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    await leave();
  });

  test('makes no request at all once the report is verified', () =>
    during(async ({ page, requests }) => {
      await page.waitForLoadState('networkidle');
      const [before, served] = [requests.length, site.requests.length];
      await checkFile(page, file, holder);
      await page.getByRole('button', { name: 'Yes, all of them' }).click();
      await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save a record' }).click()]);
      await page.waitForTimeout(500);
      expect(requests.slice(before).filter((request) => !/^GET blob:/.test(request))).toEqual([]);
      expect(site.requests.slice(served)).toEqual([]);
      expect(
        await page.evaluate(() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]),
      ).toEqual(['']);
    }));

  test('checks a file with the network switched off', () =>
    during(async ({ page }) => {
      await page.context().setOffline(true);
      await checkFile(page, file, holder);
      expect(await passed(page).isVisible()).toBe(true);
    }));

  test('keeps the worker, too, from connecting anywhere else', async () => {
    const asked: string[] = [];
    const elsewhere = http.createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end('reached');
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    const { page, leave } = await visit(browser, site.url);
    await reportReady(page);
    const attempt = (address: string) =>
      fetch(address).then(
        () => 'reached',
        () => 'blocked',
      );
    const [worker] = page.workers();
    expect(await page.evaluate(attempt, url)).toBe('blocked');
    expect(await worker?.evaluate(attempt, url)).toBe('blocked');
    expect(asked).toEqual([]);
    await leave();
    elsewhere.close();
  });

  test('comes up without a network once loaded, and has kept its own files only', async () => {
    const own = await serveSite(builtSite, demo.reports);
    const { page, leave } = await visit(browser, own.url);
    await reportReady(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await checkFile(page, file, holder);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => url);
    });
    const names = kept.map((url) => url.replace(own.url, '')).sort();
    expect(names).toEqual(expect.arrayContaining(['index.html', 'portal.json', 'theme.js']));
    expect(names.filter((name) => !fs.existsSync(path.join(builtSite, name)))).toEqual([]);
    await own.close();
    await page.reload();
    await page.getByText('The list of reports could not be loaded.').waitFor();
    await page.getByRole('link', { name: 'How this works' }).click();
    await page.getByRole('heading', { name: 'What it does not prove' }).waitFor();
    await leave();
  });
});

describe('with the exchange’s API', () => {
  test('fetches the file with a token, and takes the account id from that', async () => {
    const asked: { url: string; authorization: string | undefined }[] = [];
    site.override = (name, request) => {
      if (name.endsWith('/portal.json')) {
        return { status: 200, body: '{"reports":"reports/","api":"./","accountClaim":"account"}' };
      }
      if (!name.endsWith('/v1/me/inclusion')) return undefined;
      asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
      if (request.headers.authorization !== `Bearer ${token}`) {
        return { status: 401, body: '{"title":"Unauthorized","detail":"The token is not valid."}' };
      }
      return { status: 200, body: fs.readFileSync(file) };
    };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'EdDSA' })}.${part({ sub: 'login|17', account: holder })}.c2lnbmF0dXJl`;
    await during(async ({ page, requests }) => {
      await page.getByText('Or fetch it from the exchange').click();
      await page.fill('#token', 'wrong');
      await page.getByRole('button', { name: 'Fetch my file' }).click();
      await page.getByText('The token is not valid.').waitFor();
      await page.fill('#token', token);
      await page.getByRole('button', { name: 'Fetch my file' }).click();
      await expect.poll(() => page.inputValue('#account-id')).toBe(holder);
      expect(await page.inputValue('#token')).toBe('');
      await page.getByRole('button', { name: 'Check my balance' }).click();
      await passed(page).waitFor();
      expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer wrong', `Bearer ${token}`]);
      expect(requests.filter((request) => request.includes(holder) || request.includes(token))).toEqual([]);
    });
  });
});

/** An amount of the table without the room that aligns it. */
async function balanceIn(row: ReturnType<Page['locator']>): Promise<string> {
  return row.locator('.amount').evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const room of copy.querySelectorAll('.amount-room')) room.remove();
    return copy.textContent ?? '';
  });
}

/** The ledger's balances with all decimals of their asset, and commas between thousands. */
function paddedBalances(): Map<string, string> {
  const assets: { symbol: string; decimals: number }[] = JSON.parse(
    fs.readFileSync(path.join(demo.folder, '2026-02/assets.json'), 'utf8'),
  );
  const decimalsOf = new Map(assets.map(({ symbol, decimals }) => [symbol, decimals]));
  return new Map(
    [...demo.balances('2026-02', holder)].map(([symbol, balance]) => {
      const [whole = '', fraction = ''] = balance.split('.');
      const decimals = decimalsOf.get(symbol) ?? 0;
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
      return [symbol, decimals === 0 ? grouped : `${grouped}.${fraction.padEnd(decimals, '0')}`];
    }),
  );
}
