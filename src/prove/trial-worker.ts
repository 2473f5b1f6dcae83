/** Runs inside a thread: takes trials, runs them, and sends back the results. */

import { parentPort, workerData } from 'node:worker_threads'
import type { KnownServers } from './known-servers.ts'
import type { Modules, TrialReply, TrialRequest } from './threads.ts'
import { runTrial, type Questions, type Selection } from './trial.ts'

const { modules, selection } = workerData as { modules: Modules; selection: Selection }
const { suitesFor, walks } = (await import(modules.suites)) as Pick<Questions, 'walks'> & {
  readonly suitesFor: (only: readonly string[]) => Questions['suites']
}
const suites = suitesFor(selection.only)
const { knownServers } = (await import(modules.knownServers)) as { knownServers: KnownServers }

parentPort?.on('message', ({ number, trial }: TrialRequest) => {
  void runTrial(trial, knownServers, { suites, walks }, selection)
    .then((result): TrialReply => ({ number, result }))
    .catch((error: unknown): TrialReply => ({ number, error: error as Error }))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    .then((reply) => parentPort?.postMessage(reply))
})
