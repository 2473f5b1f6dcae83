/** Trials on as many threads as there are processors: whoever is free takes the next one. */

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Suite } from '../check/check.ts'
import type { Collection } from './specimen.ts'
import { attempt, type Manner, type Trial, type Tried } from './trial.ts'

/** Takes trials as they come, and has a few under way at once. */
export interface Bench {
  attempt(trial: Trial): Promise<Tried>
  close(): Promise<void>
}

/** Where a thread finds what it needs: modules cross where functions cannot. */
export interface Modules {
  /** Exports `suites`. */
  readonly suites: string
  /** Exports `collection`. */
  readonly collection: string
}

/** Of trials at once: while one waits for a server to settle, others go on. */
const atOnce = 4

/** More than this is waiting for memory, not for processors. */
const mostThreads = 8

/** The trials of one proof, on this thread. */
export function here(suites: readonly Suite[], collection: Collection, manner: Manner): Bench {
  const withTurn = inTurn(Array.from({ length: atOnce }, () => undefined))
  return {
    attempt: (trial) => withTurn(() => attempt(trial, collection, suites, manner)),
    close: () => Promise.resolve(),
  }
}

/** The same on threads of their own. */
export function onThreads(modules: Modules, manner: Manner, threads = processors()): Bench {
  const hands = Array.from({ length: threads }, () => hired(modules, manner))
  const withTurn = inTurn(Array.from({ length: atOnce }, () => hands).flat())
  return {
    attempt: (trial) => withTurn((hand) => hand.attempt(trial)),
    close: async () => void (await Promise.all(hands.map(({ worker }) => worker.terminate()))),
  }
}

/** Lends a hand to whoever comes, in the order in which they come; when none is free they wait. */
function inTurn<Hand>(hands: readonly Hand[]) {
  const idle = [...hands]
  const waiting: ((hand: Hand) => void)[] = []
  const taken = (): Promise<Hand> =>
    new Promise((resolve) => {
      if (idle.length > 0) resolve(idle.shift() as Hand)
      else waiting.push(resolve)
    })
  const given = (hand: Hand) => {
    const next = waiting.shift()
    if (next) next(hand)
    else idle.push(hand)
  }
  return async <Result>(use: (hand: Hand) => Promise<Result>): Promise<Result> => {
    const hand = await taken()
    try {
      return await use(hand)
    } finally {
      given(hand)
    }
  }
}

/** As many threads as are worth having here. */
export function processors(): number {
  return Math.min(availableParallelism(), mostThreads)
}

/** What a thread is sent, and what it sends back. */
export interface Order {
  readonly number: number
  readonly trial: Trial
}

export interface Answered {
  readonly number: number
  readonly tried?: Tried
  readonly error?: Error
}

interface Hand {
  readonly worker: Worker
  attempt(trial: Trial): Promise<Tried>
}

type Waiting = Map<number, { resolve: (tried: Tried) => void; reject: (error: Error) => void }>

function hired(modules: Modules, manner: Manner): Hand {
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js',
    import.meta.url,
  )
  const worker = new Worker(entry, { workerData: { modules, manner } })
  const waiting: Waiting = new Map()
  worker.on('message', ({ number, tried, error }: Answered) => {
    const who = waiting.get(number)
    waiting.delete(number)
    if (tried) who?.resolve(tried)
    else who?.reject(error ?? new Error('A thread answered nothing.'))
  })
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error)
  })
  let orders = 0
  return {
    worker,
    attempt: (trial) =>
      new Promise((resolve, reject) => {
        const number = (orders += 1)
        waiting.set(number, { resolve, reject })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage({ number, trial } satisfies Order)
      }),
  }
}
