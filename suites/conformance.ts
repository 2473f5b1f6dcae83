/** The one file that vitest runs for `poolproof run`: every suite, each check a test. */

import { conform } from '../src/worker.ts'
import { suites } from './index.ts'

await conform(suites)
