/**
 * How many connections a statistical question takes.
 *
 * Two chances are bounded, each for one asking of one check: a false alarm, in which a lawful load balancer fails by
 * chance, below 1 in 100,000; and a miss, in which the fault that the check is about passes by chance, below 1 in
 * 1,000. A deterministic load balancer (round robin in turn, a hash) is farther from both bounds than one that draws.
 */

export const mostFalseAlarm = 1 / 100_000
export const mostMiss = 1 / 1_000

/** The chance of exactly `hits` in `tries`, each with the chance `share`. */
export function exactly(hits: number, tries: number, share: number): number {
  if (hits < 0 || hits > tries) return 0
  if (share <= 0 || share >= 1) return hits === (share <= 0 ? 0 : tries) ? 1 : 0
  return Math.exp(
    logChoose(tries, hits) + hits * Math.log(share) + (tries - hits) * Math.log(1 - share),
  )
}

/** The chance of at most `hits` in `tries`, each with the chance `share`. */
export function atMost(hits: number, tries: number, share: number): number {
  let sum = 0
  for (let one = 0; one <= hits; one += 1) sum += exactly(one, tries, share)
  return Math.min(1, sum)
}

/** The chance of at least `hits` in `tries`. */
export function atLeast(hits: number, tries: number, share: number): number {
  return atMost(tries - hits, tries, 1 - share)
}

function logChoose(of: number, some: number): number {
  let log = 0
  for (let one = 1; one <= some; one += 1) log += Math.log((of - some + one) / one)
  return log
}

/**
 * How many tries it takes to see something that happens with this chance in each try.
 *
 * @param share - Of one try.
 * @param miss - How improbable it must be to see none.
 * @returns the least number; 80 for a share of 1/12 and a miss of 1/1,000.
 */
export function triesToSee(share: number, miss = mostMiss): number {
  return Math.ceil(Math.log(miss) / Math.log(1 - share))
}

/**
 * The tries in which an answer must not come from a removed server, from a server that does not hold a client, and
 * so on: a fault that shows in one of twelve connections, such as one of four workers that still sends a third of its
 * connections to the removed one, is missed in fewer than 1 of 1,000 askings.
 */
export const tries = triesToSee(1 / 12)
