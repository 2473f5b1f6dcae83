/** The findings of a report, grouped by operation. */

import type { Dialect, AnyOperation } from '../model.ts'
import type { Finding, Report, Unasked } from './report.ts'

/** The findings about one operation of one target, and the requirements that cannot be asked. */
export interface Group {
  readonly target: string
  readonly dialect: Dialect
  readonly operation: AnyOperation
  readonly findings: readonly Finding[]
  readonly unobservable: readonly Unasked[]
}

/** By target and operation, in the order in which the report first names them. */
export function groupsOf({ findings, unobservable }: Report): readonly Group[] {
  return [
    ...gather(findings, ({ target, dialect, operation }) => [target, dialect, operation]),
  ].map(([, members]) => {
    const { target, dialect, operation } = members[0] as Finding
    const unasked = unobservable.filter(
      (listed) => listed.dialect === dialect && listed.operation === operation,
    )
    return { target, dialect, operation, findings: members, unobservable: unasked }
  })
}

function gather(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => readonly string[],
): Map<string, Finding[]> {
  const gathered = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = JSON.stringify(keyOf(finding))
    const members = gathered.get(key)
    if (members) members.push(finding)
    else gathered.set(key, [finding])
  }
  return gathered
}
