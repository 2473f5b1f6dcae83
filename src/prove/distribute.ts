/** Distributes work among threads, and gives more at once to a thread that mostly waits. */

/** Who does the work: a thread. */
export interface Busy<Work, Result> {
  run(work: Work): Promise<Result>
  /** For what part of the time since the last call it had something to do: 0 to 1. */
  utilization(): number
}

/** How many works one thread does at once. */
export interface AtOnce {
  /** So many always. */
  readonly few: number
  /** So many at most, while it mostly waits. */
  readonly most: number
}

/** A thread that was busy for a smaller part of the time takes more: the more, the less it was busy. */
const mostlyBusy = 0.85

const lookEveryMilliseconds = 50

/**
 * Does each work as soon as a thread is free for it, in the order of the calls; one that takes long before the others,
 * so that nothing waits for it at the end.
 *
 * @returns a function that takes a work, and one that ends the looking at the threads.
 */
export function distribute<Work, Result>(
  threads: readonly Busy<Work, Result>[],
  { few, most }: AtOnce,
): {
  readonly run: (work: Work, takesLong?: boolean) => Promise<Result>
  readonly end: () => void
} {
  const running = new Map(threads.map((thread) => [thread, 0]))
  const queue: ((thread: Busy<Work, Result>) => void)[] = []
  const count = (thread: Busy<Work, Result>) => running.get(thread) ?? 0
  const start = (thread: Busy<Work, Result>) => {
    const next = queue.shift()
    if (!next) return
    running.set(thread, count(thread) + 1)
    next(thread)
  }
  const fill = () => {
    for (;;) {
      const [idlest] = threads.toSorted((one, other) => count(one) - count(other))
      if (!idlest || queue.length === 0 || count(idlest) >= few) return
      start(idlest)
    }
  }
  const timer = setInterval(() => {
    for (const thread of threads) {
      const more = Math.ceil(few * (1 - thread.utilization() / mostlyBusy))
      const target = Math.min(most, count(thread) + more)
      while (queue.length > 0 && count(thread) < target) start(thread)
    }
  }, lookEveryMilliseconds)
  const run = async (work: Work, takesLong = false): Promise<Result> => {
    const thread = await new Promise<Busy<Work, Result>>((resolve) => {
      if (takesLong) queue.unshift(resolve)
      else queue.push(resolve)
      fill()
    })
    try {
      return await thread.run(work)
    } finally {
      running.set(thread, count(thread) - 1)
      fill()
    }
  }
  return { run, end: () => clearInterval(timer) }
}
