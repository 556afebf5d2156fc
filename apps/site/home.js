/** The first page, as VitePress's home layout takes it; JSON is YAML. */
const home = {
  layout: 'home',
  hero: {
    name: 'Solvent',
    tagline:
      'An exchange proves how much it owes, and what it holds. Anybody verifies it; every customer verifies that they are counted.',
    actions: [
      { theme: 'brand', text: 'Verify a report in 2 minutes', link: '/docs/guides/verify-a-report' },
      { theme: 'alt', text: 'How the proof works', link: '/docs/guides/how-the-proof-works' },
      { theme: 'alt', text: 'What this does not prove', link: '/docs/guides/what-this-does-not-prove' },
    ],
  },
  features: [
    {
      title: 'Publish your first report',
      details: 'From a ledger and a list of wallets to a folder for any web server.',
      link: '/docs/guides/publish-your-first-report',
    },
    {
      title: 'Put the inclusion check into your app',
      details: 'Two packages, no server, and no network but for public files.',
      link: '/docs/guides/inclusion-in-your-app',
    },
    {
      title: 'Read the specification',
      details: 'Exact enough that a second verifier was written from it alone.',
      link: '/spec/',
    },
  ],
};

/** The text of the first page. */
export const homePage = `---\n${JSON.stringify(home, undefined, 2)}\n---\n`;
