/** How the time that something takes grows with the length of a text, in time of the processor. */

/** Microseconds of the processor, so that other load on the machine hardly counts. */
export async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const small = 60_000

/** Microseconds: less is noise. Quadratic time would be more than a second for the smaller text. */
const measurable = 20_000

/** Less than every limit of a test, so that there is no doubt and no need of another try. */
const linear = 6

/**
 * How many times as long it takes for a text of four times the length: 4 when linear, 16 when quadratic. Of
 * several tries the least counts, since whatever disturbs one makes it longer. There is one try where the longer
 * text takes so little time that the shorter one does not count.
 */
export async function growth(work: (text: string) => unknown, make: (length: number) => string) {
  const [one, four] = [make(small), make(4 * small)]
  await work(one)
  const tries = { one: Infinity, four: Infinity }
  for (let count = 0; count < 6; count += 1) {
    tries.one = Math.min(tries.one, await cost(() => work(one)))
    tries.four = Math.min(tries.four, await cost(() => work(four)))
    if (tries.four < linear * measurable) break
    if (count > 1 && tries.four / tries.one < linear) break
  }
  return tries.four / Math.max(tries.one, measurable)
}
