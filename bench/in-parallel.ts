/** Works on many things, a few at a time. */

/** @returns what came of each, in their order. */
export async function pooled<Thing, Result>(
  things: readonly Thing[],
  abreast: number,
  work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = [...things.entries()]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, thing] = next
      results[index] = await work(thing)
    }
  }
  await Promise.all(Array.from({ length: abreast }, worker))
  return results
}
