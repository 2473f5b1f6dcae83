/** Inside a thread: makes specimens, asks them, and sends back what came of it. */

import { parentPort, workerData } from 'node:worker_threads'
import type { Suite } from '../check/check.ts'
import type { Collection } from './specimen.ts'
import type { Answered, Modules, Order } from './threads.ts'
import { attempt, type Manner } from './trial.ts'

const { modules, manner } = workerData as { modules: Modules; manner: Manner }
const { suites } = (await import(modules.suites)) as { suites: readonly Suite[] }
const { collection } = (await import(modules.collection)) as { collection: Collection }

parentPort?.on('message', ({ number, trial }: Order) => {
  void attempt(trial, collection, suites, manner)
    .then((tried): Answered => ({ number, tried }))
    .catch((error: unknown): Answered => ({ number, error: error as Error }))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    .then((answered) => parentPort?.postMessage(answered))
})
