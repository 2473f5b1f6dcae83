/** Something a page says in two ways, or not at all: a person settles it, with evidence. */
import type { Call } from '../tables/call.ts'
import { placeName } from '../page/page.ts'
import type { FindingKind, Found } from '../tables/found.ts'
import { kindOf } from './kinds.ts'

export interface Finding {
  readonly rule: string
  readonly kind: FindingKind
  /** `elb/update-pool/request.pool.session_persistence/link-to-wrong-table` */
  readonly id: string
  readonly place: string
  /** What is wrong, in our words and the page's literals. */
  readonly says: string
  /** The ways in which it can be read, when there are any to choose from. */
  readonly readings: readonly string[]
  /** The example it is about: that example need not validate. */
  readonly example?: string
}

/** Names findings, and numbers those that would be named alike. */
export function nameFindings(
  found: readonly Found[],
  call: Call,
  title: string,
): readonly Finding[] {
  const seen = new Map<string, number>()
  return found.map(({ rule, at, place, says, readings = [], example, kind = kindOf(rule) }) => {
    const base = `${call.dialect}/${call.operation}/${at}/${rule}`
    const count = (seen.get(base) ?? 0) + 1
    seen.set(base, count)
    const where = placeName({ section: '', ...place, page: title })
    const id = count === 1 ? base : `${base}-${count}`
    return {
      id,
      rule,
      kind,
      place: where,
      says,
      readings,
      ...(example === undefined ? {} : { example }),
    }
  })
}
