/** The frame around the pages. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { AboutPage } from './pages/about-page.js';
import { BalancePage } from './pages/balance-page.js';
import { ExchangePage } from './pages/exchange-page.js';
import { HistoryPage } from './pages/history-page.js';
import { VerdictMark } from './parts/verdict-mark.js';
import { reasonOf, type Session } from './session.js';
import { readSettings, type SiteSettings } from './site-settings.js';
import { strings } from './strings/en.js';
import { ThemeButton } from './theme-button.js';
import { VerifierClient } from './verifier-client.js';
import type { CheckedReport, ReportList } from './worker/requests.js';

const pageNames = ['balance', 'exchange', 'history', 'about'] as const;
type PageName = (typeof pageNames)[number];

function pageOfAddress(): PageName {
  const name = location.hash.replace(/^#\//, '');
  return pageNames.find((one) => one === name) ?? 'balance';
}

export function App() {
  const [page, setPage] = useState(pageOfAddress);
  // A page that was looked at stays, so that what was typed and found there stays too.
  const [visited, setVisited] = useState<readonly PageName[]>([page]);
  const main = useRef<HTMLElement>(null);
  const { session, failure, reload } = useSession();

  // Before anything is drawn: an address that changes meanwhile is not missed.
  useLayoutEffect(() => {
    const onChange = () => {
      const next = pageOfAddress();
      setPage(next);
      setVisited((before) => (before.includes(next) ? before : [...before, next]));
      scrollTo(0, 0);
      main.current?.focus();
    };
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);

  useEffect(() => {
    document.title = `${strings.pages[page]} · ${session?.list.exchange ?? strings.site.name}`;
  }, [page, session]);

  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {strings.site.skip}
      </button>
      <Header page={page} exchange={session?.list.exchange} />
      <main id="main" ref={main} tabIndex={-1}>
        {failure !== undefined && page !== 'about' && <LoadFailure reason={failure} onRetry={reload} />}
        {session === undefined && failure === undefined && page !== 'about' && (
          <p class="muted" role="status">
            {strings.site.loading}
          </p>
        )}
        {session !== undefined && page !== 'about' && !session.list.chain.ok && <ChainNotice session={session} />}
        {visited.map((name) => (
          <div key={name} hidden={name !== page}>
            {name === 'about' ? <AboutPage /> : session !== undefined && <Page name={name} session={session} />}
          </div>
        ))}
      </main>
      <footer class="site-footer">
        <p>{strings.site.footer}</p>
      </footer>
    </>
  );
}

function Page({ name, session }: { name: Exclude<PageName, 'about'>; session: Session }): JSX.Element {
  if (name === 'balance') return <BalancePage session={session} />;
  return name === 'exchange' ? <ExchangePage session={session} /> : <HistoryPage session={session} />;
}

function Header({ page, exchange }: { page: PageName; exchange: string | undefined }) {
  return (
    <header class="site-header">
      <div class="site-title">
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false" class="logo">
          <path d="M3 8h18M3 16h18M12 3v18" />
        </svg>
        <span class="site-name">{exchange ?? strings.site.name}</span>
        <ThemeButton />
      </div>
      <nav aria-label={strings.site.navigation}>
        <ul>
          {pageNames.map((name) => (
            <li key={name}>
              <a href={`#/${name}`} aria-current={name === page ? 'page' : undefined}>
                {strings.pages[name]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function LoadFailure({ reason, onRetry }: { reason: string; onRetry(): void }) {
  return (
    <section class="panel" role="alert">
      <p>
        <VerdictMark state="notChecked" /> {strings.site.unreadable}
      </p>
      <p class="muted">{reason}</p>
      <button type="button" onClick={onRetry}>
        {strings.site.again}
      </button>
    </section>
  );
}

function ChainNotice({ session }: { session: Session }) {
  const { chain } = session.list;
  if (chain.ok) return null;
  return (
    <section class="panel panel-failed" role="alert">
      <p>
        <VerdictMark state="failed" /> <strong>{strings.site.chainBroken}</strong>
      </p>
      <p>
        {strings.result.rejected(chain.step, chain.code)}: {chain.detail}
      </p>
    </section>
  );
}

interface Loaded {
  readonly settings: SiteSettings;
  readonly list: ReportList;
}

function useSession(): { session: Session | undefined; failure: string | undefined; reload(): void } {
  const [client] = useState(() => new VerifierClient());
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<string>();
  const [checked, setChecked] = useState<ReadonlyMap<string, CheckedReport>>(new Map());

  const load = useCallback(() => {
    setFailure(undefined);
    readSettings(document.baseURI)
      .then(async (settings) => ({ settings, list: await client.ask('list', { base: settings.reports }) }))
      .then(setLoaded, (error: unknown) => setFailure(reasonOf(error)));
  }, [client]);
  useEffect(load, [load]);

  const keep = useCallback((report: CheckedReport) => {
    setChecked((before) => new Map(before).set(report.folder, report));
  }, []);
  const session = useMemo(() => loaded && { ...loaded, client, checked, keep }, [loaded, client, checked, keep]);
  return { session, failure, reload: load };
}
