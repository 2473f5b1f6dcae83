/** A few slots for many callers. */

/** Runs some work in a slot, as soon as one is free. */
export type InSlot<Slot> = <Result>(work: (slot: Slot) => Promise<Result>) => Promise<Result>

/** Gives each caller one of the slots, in the order of the calls; when none is free, they wait. */
export function inSlots<Slot>(slots: readonly Slot[]): InSlot<Slot> {
  const idle = [...slots]
  const waiting: ((slot: Slot) => void)[] = []
  const take = (): Promise<Slot> =>
    new Promise((resolve) => {
      if (idle.length > 0) resolve(idle.shift() as Slot)
      else waiting.push(resolve)
    })
  const giveBack = (slot: Slot) => {
    const next = waiting.shift()
    if (next) next(slot)
    else idle.push(slot)
  }
  return async (work) => {
    const slot = await take()
    try {
      return await work(slot)
    } finally {
      giveBack(slot)
    }
  }
}
