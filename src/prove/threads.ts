/** Runs trials on as many threads as there are processors: a free thread takes the next trial. */

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { inSlots } from '../wire/slots.ts'
import { distribute, type Busy } from './distribute.ts'
import type { KnownServers } from './known-servers.ts'
import { runTrial, type Questions, type Selection, type Trial, type TrialResult } from './trial.ts'

/** Takes any number of trials, and runs a few of them at once. */
export interface TrialRunner {
  run(trial: Trial): Promise<TrialResult>
  close(): Promise<void>
}

/** The modules from which a thread imports what it needs: functions cannot be sent to a thread. */
export interface Modules {
  /** Exports `suitesFor` and `walks`. */
  readonly suites: string
  /** Exports `knownServers`. */
  readonly knownServers: string
}

/**
 * Trials at once on each thread: while one waits for a server to settle, the others continue. Beyond the few that
 * always may, another starts where the thread has had nothing to do for a part of the time: more would only delay
 * those that look at a certain moment.
 */
const fewAtOnce = 4
const mostAtOnce = 24

/** More threads than this wait for memory, not for processors. */
const mostThreads = 8

/** Runs the trials of one proof on the thread that asks. */
export function onThisThread(
  questions: Questions,
  knownServers: KnownServers,
  selection: Selection,
): TrialRunner {
  const inSlot = inSlots(Array.from({ length: fewAtOnce }, () => undefined))
  return {
    run: (trial) => inSlot(() => runTrial(trial, knownServers, questions, selection)),
    close: () => Promise.resolve(),
  }
}

/** Runs the trials of one proof on threads of their own. */
export function onThreads(
  modules: Modules,
  selection: Selection,
  threads = usefulThreads(),
): TrialRunner {
  const workers = Array.from({ length: threads }, () => startWorker(modules, selection))
  const { run, end } = distribute(workers, { few: fewAtOnce, most: mostAtOnce })
  return {
    run: (trial) => run(trial, trial.kind !== 'reference' && trial.takesLong === true),
    close: async () => {
      end()
      await Promise.all(workers.map(({ thread }) => thread.terminate()))
    },
  }
}

/** As many threads as make a proof faster on this machine. */
export function usefulThreads(): number {
  return Math.min(availableParallelism(), mostThreads)
}

/** What a thread is sent. */
export interface TrialRequest {
  readonly number: number
  readonly trial: Trial
}

/** What a thread sends back: the result, or the error that ended the trial. */
export interface TrialReply {
  readonly number: number
  readonly result?: TrialResult
  readonly error?: Error
}

interface TrialWorker extends Busy<Trial, TrialResult> {
  readonly thread: Worker
}

type Waiting = Map<
  number,
  { resolve: (result: TrialResult) => void; reject: (error: Error) => void }
>

function startWorker(modules: Modules, selection: Selection): TrialWorker {
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? 'trial-worker.ts' : 'trial-worker.js',
    import.meta.url,
  )
  const thread = new Worker(entry, { workerData: { modules, selection } })
  const waiting: Waiting = new Map()
  thread.on('message', ({ number, result, error }: TrialReply) => {
    const caller = waiting.get(number)
    waiting.delete(number)
    if (result) caller?.resolve(result)
    else caller?.reject(error ?? new Error('A thread sent neither a result nor an error.'))
  })
  thread.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error)
  })
  let sent = 0
  let looked = thread.performance.eventLoopUtilization()
  return {
    thread,
    utilization: () => {
      const now = thread.performance.eventLoopUtilization()
      const { utilization } = thread.performance.eventLoopUtilization(now, looked)
      looked = now
      return utilization
    },
    run: (trial) =>
      new Promise((resolve, reject) => {
        const number = (sent += 1)
        waiting.set(number, { resolve, reject })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        thread.postMessage({ number, trial } satisfies TrialRequest)
      }),
  }
}
