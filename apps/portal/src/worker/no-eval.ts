// Schemas would otherwise try whether code may be made from text, which the policy of this site forbids. Imported first.
import { config } from 'zod/mini';

config({ jitless: true });
