/** Everything that the page says, in English; a translation is a module of the same shape. */

const plural = (count: string, one: string, many: string) => (count === '1' ? `1 ${one}` : `${count} ${many}`);

/** A part of the page that explains; what it has is shown in this order. */
interface AboutSection {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly words?: readonly { readonly word: string; readonly meaning: string }[];
  readonly list?: readonly string[];
  readonly command?: string;
}

export const strings = {
  site: {
    name: 'Solvent',
    skip: 'Skip to content',
    navigation: 'Pages',
    loading: 'Loading the list of reports…',
    unreadable: 'The list of reports could not be loaded.',
    again: 'Try again',
    theme: { light: 'Use light colours', dark: 'Use dark colours' },
    footer: 'Your own browser checks everything here. The files that you choose never leave this device.',
    chainBroken: 'The chain of reports is broken. Do not rely on these reports before you know why.',
  },
  pages: {
    balance: 'Check my balance',
    exchange: 'Check the exchange',
    history: 'History',
    about: 'How this works',
  },
  about: [
    {
      title: 'What happens when you check',
      paragraphs: [
        'The exchange has published a report: for each asset the total that it owes, and a zero-knowledge proof that this total is the exact sum of balances, none of them negative. It has given you a file with your own rows of that table.',
        'This page loads the report, and your browser verifies the proof. Then it verifies, from your file and your account id, that your rows are rows of the very table that the proof is about. The page is only a program that you have loaded: nobody is asked, and nobody answers for the exchange.',
      ],
    },
    {
      title: 'What a pass means',
      paragraphs: ['“Inclusion constraint validation passed” means, for the report whose digest is shown:'],
      list: [
        'your balances, as listed, are counted in the published totals;',
        'they are counted under your account id: two holders cannot be shown the same rows;',
        'no hidden negative balance makes a total smaller.',
      ],
    },
    {
      title: 'What it does not prove',
      list: [
        'That the balances are right. Only you know what you had: that is why you are asked.',
        'That everybody is included. An account whose holder never checks can be left out, so the more check, the better.',
        'That you see the same report as others. Compare the whole digest with another source.',
        'What the exchange owes to others than account holders, and whether it has borrowed what it shows.',
        'What happened before and after the snapshot.',
        'That the balances of its wallets are as the exchange says: ask the chains, or somebody who has.',
      ],
    },
    {
      title: 'What the words mean',
      words: [
        { word: 'Snapshot', meaning: 'The moment that a report is about. What you had then is what counts.' },
        {
          word: 'Inclusion file',
          meaning:
            'Your own rows, and what ties them to the proof. The exchange makes it for you alone, and it shows what you had.',
        },
        {
          word: 'Token',
          meaning:
            'A text that the exchange gives you when you are logged in, and says where. With it this page fetches your file for you.',
        },
        {
          word: 'Account id',
          meaning: 'The name under which the exchange counts you, such as the customer number on your statement.',
        },
        {
          word: 'Row, segment',
          meaning:
            'A row is a line of the table that is proven, with up to four balances of one account. A large table is proven in several segments.',
        },
        {
          word: 'Digest',
          meaning:
            'A fingerprint of 64 digits. Two reports never have the same, so people who see one digest see one report. The manifest digest is that of what the exchange owes, the report digest that of all of it, with its wallets.',
        },
        {
          word: 'Anchor',
          meaning: 'A digest in a place where nobody can change it afterwards, such as a newspaper or a blockchain.',
        },
        {
          word: 'Wallet',
          meaning:
            'An address on a blockchain. A signature of its key, made for this report, shows that the exchange can use what is there.',
        },
        {
          word: 'Step and code',
          meaning:
            'Which check of the specification a file has failed, such as I4, accounts-path: for whoever helps you.',
        },
      ],
    },
    {
      title: 'What stays with you',
      paragraphs: [
        'Your file, your account id and the verdict stay in this browser. Once the report is loaded, the check makes no request at all: you can switch the network off before you choose the file. The page loads nothing from other sites, and its policy lets it connect only to the place that it came from. A token, where you use one, goes to the exchange, which has given it to you.',
      ],
    },
    {
      title: 'Why trust this page?',
      paragraphs: [
        'You need not. Whoever serves a page can serve another one to you. The page is a folder of files that anybody can host: use a copy from somebody whom you trust, or your own. The file site-files.sha256 beside it names the digest of every file, and builds are reproducible. Or leave pages aside, and use the command on the files of the report (“Check the exchange” says how to load them):',
      ],
      command: 'solvent verify 2026-02 my_inclusion_proof.json --account ID --manifest DIGEST',
    },
    {
      title: 'If a check fails',
      paragraphs: [
        'Read what the page advises: most failures are a wrong id, a wrong month or a damaged file. If it stays, save the record. It holds everything that is needed to repeat the check, and anybody can do so.',
      ],
    },
  ] as readonly AboutSection[],
  state: { passed: 'Passed', failed: 'Failed', running: 'Running', notChecked: 'Not checked', note: 'Note' },
  report: {
    label: 'Report',
    snapshot: 'Snapshot',
    newest: 'newest',
    rows: 'Size',
    rowsOf: (rows: string) => `${rows} rows of balances`,
    manifestDigest: 'Manifest digest',
    reportDigest: 'Report digest',
    compare:
      'This is the report’s fingerprint. Compare all 64 digits with the same digest from another source: another person, an archive, a post.',
    copy: 'Copy',
    copied: 'Copied',
    showCode: 'Show as QR code',
    hideCode: 'Hide QR code',
    code: 'QR code of the digest',
  },
  progress: {
    files: (done: string, count: string) => `Reading files: ${done} of ${count}`,
    proofs: (done: string, count: string) => `Verifying proofs: ${done} of ${count}`,
    wallets: (done: string, count: string) => `Verifying wallets: ${done} of ${count}`,
    starting: 'Starting…',
    bytes: (size: string) => `${size} loaded`,
  },
  balance: {
    lead: 'Your browser checks that your balances are part of the total which the exchange has proven. Your file stays on this device.',
    reportTitle: 'The report',
    verifying: 'Your browser is verifying the report.',
    ready: (seconds: string) =>
      `Verified here in ${seconds}. The check of your file needs no network: switch it off if you like.`,
    large: (size: string) => `This report is ${size} to load.`,
    load: 'Load and verify it',
    reportFailed: 'The report itself does not verify. No inclusion file can show anything against it.',
    fileTitle: 'Your inclusion file',
    drop: 'Drop the file here, or',
    choose: 'choose it',
    chosen: (name: string, size: string) => `${name}, ${size}`,
    tooLarge: (size: string) => `${size} is more than any inclusion file has.`,
    fetchTitle: 'Or fetch it from the exchange',
    token: 'Token from your login',
    tokenHint: 'It is sent to the exchange only, and not kept. The account id below is the one that the token names.',
    fetch: 'Fetch my file',
    fetching: 'Fetching…',
    fetchFailed: (reason: string) => `The exchange gave no file: ${reason}`,
    fetchedName: (report: string) => `inclusion file for ${report}`,
    idTitle: 'Your account id',
    idLabel: 'Account id',
    idHint: 'Exactly as the exchange shows it to you. It is never read from the file: a file could name somebody else.',
    idSpaces: 'The id begins or ends with a space. That is taken as it is.',
    digestTitle: 'The digest from another source',
    digestLabel: 'Manifest digest (optional)',
    digestHint: 'All 64 digits of the report’s fingerprint. Without it, compare the digest yourself.',
    digestWrong: 'A digest has 64 digits from 0 to 9 and a to f. Part of one proves nothing.',
    check: 'Check my balance',
    checking: 'Checking…',
    needs: (missing: string) => `Still needed: ${missing}.`,
    missing: { report: 'a verified report', file: 'your inclusion file', id: 'your account id' },
  },
  result: {
    title: 'Result',
    account: 'Account',
    yourBalances: (time: string) => `What the report counts for you at ${time}`,
    noBalances: 'No balance above 0.',
    asset: 'Asset',
    balance: 'Balance',
    question: 'Were these your balances, all of them, at that time?',
    yes: 'Yes, all of them',
    no: 'No',
    confirmed: 'You have confirmed these balances.',
    denied: 'You do not confirm the balances that the report counts.',
    digestCompared: 'The report is the one whose digest you gave.',
    digestToCompare: 'Compare the manifest digest with another source: everybody must see the same one.',
    where: (rows: string, segment: string) => `${plural(rows, 'row', 'rows')} in segment ${segment}`,
    took: (seconds: string) => `checked in ${seconds}`,
    rejected: (step: string, code: string) => `Rejected at step ${step}, ${code}`,
    whatToDo: 'What to do',
    save: 'Save a record',
    saveHint: 'File, digest, account id, verdict and time, as evidence. It holds your balances: keep it to yourself.',
    tryOther: (report: string) => `Check it against ${report}`,
    belongsTo: (report: string) => `The file belongs to the report ${report}.`,
    noAnswer: (reason: string) => `Not checked: ${reason}. That is neither a pass nor a failure.`,
  },
  advice: {
    accountId: 'An account id has 1 to 256 bytes of ordinary text. Type it as the exchange shows it.',
    accountsPath:
      'Most often the account id has a typing error, or the file is another person’s. Compare the id letter by letter, and fetch the file again while you are logged in. If both are right and this stays, the exchange has not included you under this id: save the record and ask them.',
    otherDigest:
      'The digest that you gave is not the one of this report. Look whether it is of the same month, and complete. If it is, the exchange shows different reports to different people: save the record and say so in public.',
    brokenFile:
      'The file is incomplete, was changed, or is another kind of file. Fetch it again, and choose it unopened.',
    otherReport: 'The file was made for another report. Choose that report, or fetch the file for this one.',
    otherBalances:
      'The report counts other balances for you than you say you had. Look at your statement for that very time. If it differs, save the record and ask the exchange.',
    sharedRow:
      'The file shows the same coins as another file that you have checked here. They cannot count for two accounts: save the records of both and ask the exchange.',
    reportFails: 'An inclusion file shows nothing without a report that verifies.',
    impossibleRows:
      'The file claims rows that the proven table cannot have. Fetch it again; if it stays so, save the record and ask the exchange.',
    notInTable:
      'The rows in the file are not rows of the proven table. Fetch the file again. If it stays so, your balances are not in the proven total: save the record and ask the exchange in public.',
  },
  exchange: {
    lead: 'Your browser verifies the whole report: what is owed, which wallets the exchange controls, and what they held.',
    known: 'What I know from elsewhere',
    anchor: 'Report digest or anchor (optional)',
    anchorHint: 'From a place that the exchange cannot change: an archive, a blockchain, a newspaper.',
    anchorWrong: 'An anchor holds all 64 digits of the digest.',
    key: 'Public key of the exchange (optional)',
    keyHint: '64 digits. With it, the report must be signed by that key.',
    keyWrong: 'A key has 64 digits from 0 to 9 and a to f.',
    verify: 'Verify the report',
    verifyAgain: 'Verify again',
    toLoad: (size: string) => `${size} to load`,
    passed: 'Every part of this report verifies.',
    passedButShort: 'The report verifies, but not every asset is covered.',
    failed: 'This report does not verify.',
    took: (seconds: string) => `Checked by your browser in ${seconds}.`,
    failedAdvice:
      'The checks below say which part failed and why. Load it once more: a broken connection can damage a file. If it stays, ask the exchange in public, with the digest and the rejection.',
    ratios: 'Reserves against liabilities',
    allCovered: (count: string) => `All ${count} assets are covered.`,
    short: (count: string, of: string) => `Not covered: ${count} of ${of} assets.`,
    lowest: (asset: string, percent: string) => `Lowest: ${asset}, ${percent}.`,
    asset: 'Asset',
    owed: 'Owed',
    held: 'Held',
    ratio: 'Ratio',
    noneOwed: 'none owed',
    missing: (amount: string) => `${amount} missing`,
    rounded: 'Ratios are rounded down. The upright line marks 100 %.',
    checks: 'The checks',
    wallets: 'Wallets',
    tokens: 'Tokens counted as assets',
    tokenLine: (amount: string, token: string, network: string, asset: string) =>
      `${amount} of ${token} on ${network}, counted as ${asset}`,
    tokensHint: 'That these tokens are worth what they are named after is the exchange’s claim.',
    show: 'Show',
    allVerdicts: (count: string) => `all (${count})`,
    verdictCount: (name: string, count: string) => `${name} (${count})`,
    network: 'Network',
    address: 'Address',
    verdict: 'Verdict',
    line: 'Line',
    duplicate: 'there twice, counted once',
    page: (page: string, count: string) => `Page ${page} of ${count}`,
    previous: 'Previous',
    next: 'Next',
    steps: 'Steps',
    withoutYou: 'How do I check this without you?',
    download: 'Load the files of the report, and run the command on them, from a place that you trust:',
    nodes: 'nodes.json names the nodes to ask, your own or others that you trust: solvent wallets balances --help.',
    verdicts: { verified: 'verified', failed: 'failed', unproven: 'not proven', unsupported: 'not supported' },
  },
  parts: {
    binding: {
      title: 'The files are the ones the report was made with',
      steps: 'P1 to P3, §14.1',
      about: (files: string) =>
        `${plural(files, 'file', 'files')} with the sizes and digests that the report binds. A browser cannot list a folder: that nothing else is in it, the command checks.`,
      signedBy: (key: string) => `Signed by the key ${key}. It means something if you know whose key that is.`,
      unsigned: 'Nobody has signed it.',
      anchored: 'It has the digest that you gave.',
      notAnchored: 'Compare its digest with one from another source.',
    },
    liabilities: {
      title: 'What the exchange owes',
      steps: 'P4, M1 to M5, V1 to V8, §8.2',
      about: (rows: string, segments: string) =>
        `A zero-knowledge proof over ${rows} rows in ${plural(segments, 'segment', 'segments')}: the totals are exact sums of balances, none of which is negative.`,
    },
    ownership: {
      title: 'Which wallets it controls',
      steps: 'P5, W1 to W7, §13',
      about: (verified: string, all: string) =>
        `${verified} of ${plural(all, 'wallet', 'wallets')} shown by signatures of their keys, made for this report.`,
      notShown: (count: string) => `${plural(count, 'wallet', 'wallets')} not shown: counted for nothing.`,
    },
    reserves: {
      title: 'What the wallets held',
      steps: 'R1 to R5, §14.3',
      about: (balances: string) =>
        `${plural(balances, 'balance', 'balances')} at the blocks of the snapshot, as the exchange says. This page asks no chain: ask one yourself with the command.`,
      tip: (count: string) =>
        `${plural(count, 'balance', 'balances')} of a later block, since the source knows no earlier one.`,
      uncounted: (count: string) =>
        `${plural(count, 'balance', 'balances')} of wallets not shown: counted for nothing.`,
    },
    ratio: {
      title: 'Reserves against liabilities',
      steps: 'P6, §14.4',
      about: 'A division of two integers for each asset, compared exactly and shown rounded down.',
    },
  },
  history: {
    lead: 'Month after month: what was owed, how much of it was held, and whether each report names the one before it.',
    chainPassed: (count: string) =>
      `${plural(count, 'report', 'reports')}: each names the one before it, and none has been changed since.`,
    chainLimit: 'That the last one is the newest cannot be seen here: compare its digest with another source.',
    verifyAll: 'Verify every report',
    verifyAllHint: (size: string) => `Charts show only what has been verified here. ${size} to load.`,
    verifyingOne: (report: string) => `Verifying ${report}`,
    charts: 'Charts',
    series: 'Asset',
    ratioOf: (asset: string) => `${asset}: reserves in percent of liabilities`,
    owedOf: (asset: string) => `${asset}: owed and held`,
    owed: 'Owed',
    held: 'Held',
    ratio: 'Ratio',
    chain: 'The chain of reports',
    report: 'Report',
    lowest: 'Lowest ratio',
    digest: 'Report digest',
    manifest: 'Manifest digest',
    previous: 'Report before it',
    first: 'none: it is the first',
    notYet: 'not verified here yet',
    yes: 'verified',
    no: 'does not verify',
    tableOf: (asset: string) => `${asset} by report`,
  },
};
