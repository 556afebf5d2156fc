// Run before a build: what sources that are gone left in dist goes too.
import { removeStaleModules, workspacePackages } from './workspace.js';

removeStaleModules(workspacePackages());
