/** Which requirements a run has asked, as its report describes the run, and the report has no verdict of. */

import { askable, isCheck, type Suite } from '../../check/check.ts'
import { inShard } from '../../check/shard.ts'
import type { Report, ReportedTarget } from '../../report/report.ts'
import { chosenIn } from './chosen.ts'
import { isOfBuild } from './replay.ts'
import { runIn, targetIn } from './recorded-target.ts'

/**
 * One sentence for each requirement whose verdict was left out, or is there twice.
 *
 * Says nothing of a report that other code wrote, or in which operations of somebody else were asked.
 *
 * @param suites - All that this version asks for the selection of the report.
 */
export function leftOut(report: Report, suites: readonly Suite[], own?: string): string[] {
  const selected = isOfBuild(report, own) ? selectedIn(report, suites) : undefined
  if (!selected) return []
  return report.targets.flatMap((reported) => {
    const has = count(report.findings.filter(({ target }) => target === reported.name))
    const expected = askedOf(reported, report, selected)
    const lost = expected.filter((id) => !has.has(id))
    const twice = [...has].filter(([, times]) => times > 1).map(([id]) => id)
    return [
      ...lost.map((id) => `${reported.name} ${id} was asked, and the report has no verdict of it.`),
      ...twice.map((id) => `${reported.name} ${id} has more than one verdict.`),
    ]
  })
}

/** What the run, or the shard of it, was to ask; `undefined` where that cannot be told. */
function selectedIn(report: Report, suites: readonly Suite[]): readonly Suite[] | undefined {
  const chosen = chosenIn(report, suites)
  const { shard } = report.run
  return chosen && shard ? inShard(chosen, shard) : chosen
}

function askedOf(reported: ReportedTarget, report: Report, suites: readonly Suite[]): string[] {
  const target = targetIn(reported)
  if (!target) return []
  const asked = { target, run: runIn(report) }
  return suites
    .filter(({ dialect }) => dialect === reported.dialect)
    .flatMap(({ entries }) => askable(entries, asked))
    .filter((entry) => isCheck(entry))
    .map(({ requirement }) => requirement.id)
}

function count(findings: readonly { readonly id: string }[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const { id } of findings) times.set(id, (times.get(id) ?? 0) + 1)
  return times
}
