/** Shards: a run in parts that go on at the same time, each with its own run id, journal and load balancers. */

import { UsageError } from '../model.ts'
import { isCheck, type Suite } from './check.ts'

/** One part of a run. */
export interface Shard {
  /** 1 to `total`. */
  readonly index: number
  readonly total: number
}

/**
 * The suites with only the checks of one shard; what cannot be observed is in every shard.
 *
 * Each check is in exactly one shard, decided by its place among the selected checks. Neighbours, which often cost the
 * same, come into different shards.
 */
export function inShard(suites: readonly Suite[], { index, total }: Shard): Suite[] {
  let place = -1
  return suites.map((suite) => ({
    ...suite,
    entries: suite.entries.filter((entry) => !isCheck(entry) || (place += 1) % total === index - 1),
  }))
}

/** Is the walk with this number, from 1, in the shard? */
export function walkInShard(number: number, { index, total }: Shard): boolean {
  return (number - 1) % total === index - 1
}

/** The variables in which pipelines tell a job its place. `first`: how the first job is numbered. */
const numbered: readonly {
  readonly index: string
  readonly total?: string
  readonly first: 0 | 1
}[] = [
  { index: 'CI_NODE_INDEX', total: 'CI_NODE_TOTAL', first: 1 },
  { index: 'CIRCLE_NODE_INDEX', total: 'CIRCLE_NODE_TOTAL', first: 0 },
  { index: 'BUILDKITE_PARALLEL_JOB', total: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
  { index: 'JOB_COMPLETION_INDEX', first: 0 },
]

/**
 * The shard that a text names: `2/4`; `auto`, by the variables of GitLab, CircleCI or Buildkite; or `auto/4`, by the
 * same or by that of an Indexed Job of Kubernetes, which does not tell how many there are.
 *
 * @throws {UsageError} When it names none, or the variables are not set.
 */
export function shardNamed(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): Shard {
  const [, index, total] = /^(auto|\d{1,4})(?:\/(\d{1,4}))?$/.exec(text) ?? []
  if (index === 'auto') return shardOf(environment, total)
  return within(Number(index ?? 0), Number(total ?? 0), text)
}

function shardOf(
  environment: Readonly<Record<string, string | undefined>>,
  given: string | undefined,
): Shard {
  for (const { index, total, first } of numbered) {
    const place = environment[index]
    const many = given ?? (total === undefined ? undefined : environment[total])
    if (place === undefined || place === '' || many === undefined) continue
    return within(numberIn(place) - first + 1, numberIn(many), `${index}=${place} of ${many}`)
  }
  const names = numbered.map(({ index }) => index).join(', ')
  throw new UsageError(
    `--shard auto needs a variable that tells the job its place (${names}), and how many jobs there are: ` +
      'by a second variable, or as --shard auto/4.',
  )
}

function numberIn(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
}

function within(index: number, total: number, text: string): Shard {
  if (index >= 1 && index <= total) return { index, total }
  throw new UsageError(
    `${text} names no shard. Write --shard 1/4 to --shard 4/4, or --shard auto in a pipeline.`,
  )
}
