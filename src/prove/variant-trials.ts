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
 * and of any two one is on one without the other.
 *
 * A variant that is on none of these servers is asked alone; so is one on whose servers something is wrong, to
 * show whether it is the cause. Of the others, only the checks that could not be asked on any of their servers
 * are asked alone.
 *
 * Of a slow one, only every tenth check is asked.
 *
 * @param checks - The ids of all that may be asked.
 * @param alone - Ask each variant every check alone as well, slow ones too.
 */
export async function askVariants(
  ask: Ask,
  variants: readonly VariantInfo[],
  checks: readonly string[],
  alone: boolean,
): Promise<readonly ResultOf<VariantInfo>[]> {
  const isPart = ({ dialect, id }: VariantInfo) =>
    variants.some((one) => one.dialect === dialect && one.parts?.includes(id))
  const ofOthers = ask(
    variants.filter((one) => !one.parts && !isPart(one)),
    (variant) => (variant.slow && !alone ? sampled(variant, checks) : whole(variant)),
  )
  const ofServers = await ask(
    variants.filter(({ parts }) => parts),
    whole,
  )
  const serversWith = ({ dialect, id }: VariantInfo) =>
    ofServers.filter(({ subject }) => subject.dialect === dialect && subject.parts?.includes(id))
  const ofParts = await ask(variants.filter(isPart), (variant) =>
    alone ? whole(variant) : trialAlone(variant, serversWith(variant)),
  )
  return [
    ...(await ofOthers),
    ...ofServers,
    ...ofParts.map(({ subject, result }) => ({
      subject,
      result: withServers(result, serversWith(subject)),
    })),
  ]
}

function whole({ dialect, id }: VariantInfo): Trial & { kind: 'variant' } {
  return { kind: 'variant', dialect, id }
}

const everyTenth = 10

function sampled(variant: VariantInfo, checks: readonly string[]): Trial {
  const own = checks.filter((id) => id.startsWith(`${variant.dialect}/`))
  const some = own.length <= everyTenth ? own : own.filter((_id, place) => place % everyTenth === 0)
  return { ...whole(variant), checks: some }
}

type OnServer = ResultOf<VariantInfo>

/** What is still to be asked of the variant alone; `undefined` when nothing is. */
function trialAlone(variant: VariantInfo, servers: readonly OnServer[]): Trial | undefined {
  if (servers.some((server) => !isClean(server))) return whole(variant)
  const checks = nowhereAsked(servers)
  return checks.length === 0 ? undefined : { ...whole(variant), checks }
}

function isClean({ subject, result }: OnServer): boolean {
  const { leftovers, held } = result
  const failures = failuresOn(subject, result)
  return failures.length + leftovers.length + Object.keys(held).length === 0
}

function nowhereAsked(servers: readonly OnServer[]): readonly string[] {
  const [first, ...others] = servers.map(({ result }) => result.unput)
  return (first ?? []).filter((check) => others.every((unput) => unput.includes(check)))
}

/** The result counts what was asked on the servers with several variants, and names those. */
function withServers(result: TrialResult, servers: readonly OnServer[]): TrialResult {
  const [first] = servers
  if (!first) return result
  return {
    ...result,
    asked: Math.max(result.asked, first.result.asked),
    askedOn: servers.map(({ subject }) => subject.id),
  }
}
