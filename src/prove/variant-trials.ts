/** How variants are asked: several on one server where they can be, and alone what was not asked there. */

import type { ResultOf } from './proof-conclusion.ts'
import type { VariantInfo } from './known-servers.ts'
import { failuresOn } from './lawful-failures.ts'
import type { Trial, TrialResult } from './trial.ts'

/** Runs one trial for each subject that needs one; the results are in the order of the subjects. */
export type Ask = <Subject extends object>(
  subjects: readonly Subject[],
  trialOf: (subject: Subject) => Trial | undefined,
) => Promise<readonly ResultOf<Subject>[]>

/**
 * Asks servers with several variants first. Any two variants that do not exclude each other are on one of them,
 * and of any two one is on one without the other. Each check is asked on a part of these servers, so chosen that
 * each variant is on two of that part, where it is on two at all.
 *
 * A variant that is on none of these servers is asked alone; so is one on whose servers something is wrong, to
 * show whether it is the cause. Of the others, only the checks that could not be asked on any of their servers
 * are asked alone.
 *
 * Of what only writes or sends answers otherwise, every sixth check is asked.
 *
 * @param checks - The ids of all that may be asked.
 * @param alone - Ask each variant every check alone as well.
 */
export async function askVariants(
  ask: Ask,
  variants: readonly VariantInfo[],
  checks: readonly string[],
  alone: boolean,
): Promise<readonly ResultOf<VariantInfo>[]> {
  const isPart = ({ dialect, id }: VariantInfo) =>
    variants.some((one) => one.dialect === dialect && one.parts?.includes(id))
  const others = variants.filter((one) => !one.parts && !isPart(one))
  const together = variants.filter(({ parts }) => parts)
  const assigned = alone ? undefined : assignments(together, checks)
  const askServers = ask(together, (server) => partOf(server, assigned?.get(server)))
  const ofOthers = ask(others, (variant) =>
    alone ? whole(variant) : sampled(variant, checks, others.indexOf(variant)),
  )
  const ofServers = await askServers
  const serversWith = ({ dialect, id }: VariantInfo) =>
    ofServers.filter(({ subject }) => subject.dialect === dialect && subject.parts?.includes(id))
  const ofParts = await ask(variants.filter(isPart), (variant) =>
    alone ? whole(variant) : trialAlone(variant, serversWith(variant), assigned),
  )
  return [
    ...(await ofOthers),
    ...ofServers,
    ...ofParts.map(({ subject, result }) => ({
      subject,
      result: withServers(result, serversWith(subject), assigned),
    })),
  ]
}

function whole({ dialect, id, takesLong }: VariantInfo): Trial & { kind: 'variant' } {
  return { kind: 'variant', dialect, id, ...(takesLong ? { takesLong } : {}) }
}

/** Some checks, and the walks. */
function partOf(variant: VariantInfo, checks: readonly string[] | undefined): Trial {
  return checks ? { ...whole(variant), checks, walks: true } : whole(variant)
}

/** Fewer than this are all asked: a proof of a few checks is quick as it is. */
const few = 10

/** Of one variant the first, the seventh and so on; of the next the second, the eighth. */
function sampled(variant: VariantInfo, checks: readonly string[], place: number): Trial {
  const own = checks.filter((id) => id.startsWith(`${variant.dialect}/`))
  const every = own.length <= few ? 1 : 6
  return partOf(
    variant,
    own.filter((_id, index) => index % every === place % every),
  )
}

/** The checks of each server. */
type Assignments = ReadonlyMap<VariantInfo, readonly string[]>

function assignments(servers: readonly VariantInfo[], checks: readonly string[]): Assignments {
  const assigned = new Map(servers.map((server) => [server, [] as string[]]))
  for (const dialect of new Set(servers.map((server) => server.dialect))) {
    const own = servers.filter((server) => server.dialect === dialect)
    const parts = checks.length <= few ? [own] : own.map((_, first) => partWithAll(own, first))
    for (const [index, check] of checks.entries()) {
      if (!check.startsWith(`${dialect}/`)) continue
      for (const server of parts[index % parts.length] ?? []) assigned.get(server)?.push(check)
    }
  }
  return assigned
}

/** How many of these servers have the variant. */
function times(part: string, among: readonly VariantInfo[]): number {
  return among.filter(({ parts }) => parts?.includes(part)).length
}

/** So few servers that each variant is on two, chosen from another one on for each check. */
function partWithAll(servers: readonly VariantInfo[], first: number): VariantInfo[] {
  const inTurn = [...servers.slice(first), ...servers.slice(0, first)]
  const chosen = inTurn.slice(0, 1)
  const parts = [...new Set(servers.flatMap((server) => server.parts ?? []))]
  for (;;) {
    const missing = parts.filter((part) => times(part, chosen) < Math.min(2, times(part, servers)))
    if (missing.length === 0) return chosen
    const gain = (server: VariantInfo) =>
      chosen.includes(server) ? 0 : missing.filter((part) => server.parts?.includes(part)).length
    chosen.push(...inTurn.toSorted((one, other) => gain(other) - gain(one)).slice(0, 1))
  }
}

type OnServer = ResultOf<VariantInfo>

/** What is still to be asked of the variant alone; `undefined` when nothing is. */
function trialAlone(
  variant: VariantInfo,
  servers: readonly OnServer[],
  assigned: Assignments | undefined,
): Trial | undefined {
  if (servers.some((server) => !isClean(server))) return whole(variant)
  const checks = nowhereAsked(servers, assigned)
  return checks.length === 0 ? undefined : { ...whole(variant), checks }
}

function isClean({ subject, result }: OnServer): boolean {
  const { leftovers, held } = result
  const failures = failuresOn(subject, result)
  return failures.length + leftovers.length + Object.keys(held).length === 0
}

/** Checks that were asked on some of these servers, but whose question could not be put on any. */
function nowhereAsked(
  servers: readonly OnServer[],
  assigned: Assignments | undefined,
): readonly string[] {
  const put = new Set(
    servers.flatMap(({ subject, result }) =>
      (assigned?.get(subject) ?? []).filter((check) => !result.unput.includes(check)),
    ),
  )
  const unput = new Set(servers.flatMap(({ result }) => result.unput))
  return [...unput].filter((check) => !put.has(check))
}

/** The result counts what was asked on the servers with several variants as well, and names those. */
function withServers(
  result: TrialResult,
  servers: readonly OnServer[],
  assigned: Assignments | undefined,
): TrialResult {
  const [first] = servers
  if (!first) return result
  const there = new Set(servers.flatMap(({ subject }) => assigned?.get(subject) ?? []))
  return {
    ...result,
    asked: Math.max(result.asked, assigned ? there.size : first.result.asked),
    askedOn: servers.map(({ subject }) => subject.id),
  }
}
