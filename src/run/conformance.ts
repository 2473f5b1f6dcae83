/** The one file that vitest runs for `poolproof run`: every suite, each check a test. */

import { conform } from './vitest-worker.ts'

await conform()
