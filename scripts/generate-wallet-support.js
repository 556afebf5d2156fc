// Writes docs/wallet-support.md. `node scripts/check-wallets.js` says whether it is up to date.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './steps.js';
import { walletSupportPage } from './wallet-tables.js';

fs.writeFileSync(path.join(root, 'docs', 'wallet-support.md'), walletSupportPage());
console.log('docs/wallet-support.md written');
