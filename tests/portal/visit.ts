/** A person's visit to the site in Debian's Chromium, with everything watched that must not happen. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The browser; the pages are this test's own, so the sandbox, which needs an unprivileged user, may be off. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A page that is open. */
export interface Visit {
  readonly page: Page;
  /** What the browser complains of: violations of the policy, errors of scripts. */
  readonly complaints: string[];
  /** Method, address and body of every request of the page and its worker. */
  readonly requests: string[];
  leave(): Promise<void>;
}

/** Opens the site, at a desktop's width unless said otherwise. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A file that is not there is for the page to deal with.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  await page.exposeFunction('tellViolation', (text: string) => complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { tellViolation(text: string): void }).tellViolation(`${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('request', (request) => requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  await page.goto(url);
  return { page, complaints, requests, leave: () => context.close() };
}

/** Waits until the report of the balance page is verified. */
export async function reportReady(page: Page): Promise<void> {
  await page.getByText('Verified here in').waitFor({ timeout: 60_000 });
}

/** Gives the balance page a file and an id, and asks for the check. */
export async function checkFile(page: Page, file: string, accountId: string): Promise<void> {
  await page.setInputFiles('#inclusion-file', file);
  await page.fill('#account-id', accountId);
  await page.getByRole('button', { name: 'Check my balance' }).click();
  await page.getByText(/^Inclusion constraint validation (passed|failed)$/).waitFor();
}

/** Goes to a page of the site by its link. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
