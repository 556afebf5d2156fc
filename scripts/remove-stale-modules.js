// Run before a build: removes from dist what was built from sources that are gone.
import { removeStaleModules, workspacePackages } from './workspace.js';

removeStaleModules(workspacePackages());
