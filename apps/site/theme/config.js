import fs from 'node:fs';

/** @type {{ target: string, title: string }[]} */
const menu = JSON.parse(fs.readFileSync(new URL('./menu.json', import.meta.url), 'utf8'));

const link = (/** @type {string} */ target) => `/${target.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`;

/**
 * The pages below a folder, itself first, as entries of the menu.
 * @param {RegExp} pattern
 */
const entries = (pattern) =>
  menu.filter(({ target }) => pattern.test(target)).map(({ target, title }) => ({ text: title, link: link(target) }));

const modules = menu.filter(({ target }) => /^api\/.+\/.+\/./.test(target));
const described = [...new Set(modules.map(({ target }) => target.split('/').slice(0, 3).join('/')))];

/**
 * The menu beside the modules of one package: these alone, since a menu is written into every page that it stands beside.
 * @param {string} folder
 */
const moduleMenu = (folder) => [
  { text: 'All packages', link: '/api/' },
  {
    text: folder.replace(/^api\//, ''),
    items: modules
      .filter(({ target }) => target.startsWith(`${folder}/`))
      .map(({ target, title }) => ({ text: title.split('/').slice(3).join('/') || title, link: link(target) })),
  },
];

const guideOrder = [
  'verify-a-report',
  'publish-your',
  'list-your',
  'inclusion-in',
  'how-the-proof',
  'what-this',
  'change-a',
];
const rank = ({ link: to }) => {
  const found = guideOrder.findIndex((name) => to.includes(name));
  return found === -1 ? guideOrder.length : found;
};
const texts = [
  { text: 'Guides', items: entries(/^docs\/guides\//).sort((a, b) => rank(a) - rank(b)) },
  { text: 'Operating and extending', items: entries(/^docs\/[^/]+$/) },
  { text: 'Working on it', items: entries(/^[A-Z_]+\.md$/) },
  { text: 'Decisions', collapsed: true, items: entries(/^docs\/decisions\//) },
];
const specification = [{ text: 'Specification', items: entries(/^spec\//) }];
const packages = [
  { text: 'Packages', items: entries(/^(packages|apps|vectors)\//) },
  { text: 'API reference', link: '/api/' },
];
const ofModules = Object.fromEntries(described.map((folder) => [`/${folder}/`, moduleMenu(folder)]));

// biome-ignore lint/style/noDefaultExport: VitePress asks for it.
export default {
  title: 'Solvent',
  description: "Zero-knowledge proof of an exchange's solvency.",
  base: process.env.SITE_BASE ?? '/',
  lang: 'en',
  cacheDir: './cache',
  ignoreDeadLinks: false,
  // What pages show is text: nothing in them is taken for a part of the page.
  markdown: { html: false, math: true, attrs: { leftDelimiter: '{:', rightDelimiter: ':}' } },
  vite: { logLevel: 'error', build: { chunkSizeWarningLimit: 4000, assetsInlineLimit: 0 } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/docs/guides/verify-a-report', activeMatch: '/docs/' },
      { text: 'Specification', link: '/spec/', activeMatch: '/spec/' },
      { text: 'Packages', link: '/api/', activeMatch: '/(packages|apps|api)/' },
    ],
    sidebar: {
      '/docs/': texts,
      '/CONTRIBUTING': texts,
      '/SECURITY': texts,
      '/CODE_OF': texts,
      '/spec/': specification,
      '/packages/': packages,
      '/apps/': packages,
      '/vectors/': packages,
      '/api/': packages,
      ...ofModules,
    },
  },
};
