/** What `poolproof verify` says of a replay. */

import { obstacles, type Obstacle } from './obstacles.ts'
import type { ReplayedReport } from './replay.ts'

/** What does not follow from the evidence, one sentence for each. */
export function doubtsIn({ findings, unlisted }: ReplayedReport): readonly string[] {
  const verdicts = findings.flatMap(({ finding, result }) => {
    if (result.is !== 'differs') return []
    const { target, id, verdict, reason, reading } = finding
    const recorded = [verdict, ...(reading ? [`(${reading.name})`] : [])].join(' ')
    const words = reason === undefined ? recorded : `${recorded}: ${withoutStop(reason)}`
    return [
      `${target} ${id} does not follow from its exchanges. Recorded is ${words}; ${withoutStop(result.why)}.`,
    ]
  })
  const rows = unlisted.map(
    ({ target, requirement, message, shownIn }) =>
      `${target} ${requirement}: an answer in the evidence of ${shownIn} does not keep it, and the report does not say so: ${message}`,
  )
  return [...verdicts, ...rows]
}

/** How many verdicts follow, and how many could not be replayed, by reason. */
export function summaryOf({ findings }: ReplayedReport): readonly string[] {
  const count = (is: string) => findings.filter(({ result }) => result.is === is).length
  const [follow, differ] = [count('follows'), count('differs')]
  const kept = `Asked again of their exchanges, ${follow} of ${findings.length} verdicts follow`
  const lost = differ === 0 ? '.' : `, and ${differ} do not.`
  const known = Object.keys(obstacles) as Obstacle[]
  const others = known.flatMap((because) => {
    const many = findings.filter(
      ({ result }) => result.is === 'not-replayed' && result.because === because,
    ).length
    return many === 0 ? [] : [`Cannot be replayed: ${many}, because ${obstacles[because]}.`]
  })
  return [`${kept}${lost}`, ...others]
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
