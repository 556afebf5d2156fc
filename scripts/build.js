// `npm run build`: installs and builds everything.
import { installAndBuild } from './steps.js';

process.exitCode = installAndBuild() ? 0 : 1;
