/** What a person decided about findings, with evidence; read from `schemas/<dialect>/errata.json`. */
import type { Finding } from './finding.ts'
import type { Amendment } from './amend.ts'

export interface Erratum {
  /** The finding it settles. An erratum found by no rule has an id of the same form. */
  readonly id: string
  readonly found: 'by-rule' | 'by-hand'
  readonly place: string
  /** What the page says, restated. */
  readonly says: string
  readonly readings: Readonly<Record<string, string>>
  /** Name of a reading, or `open`: then a target may follow any of them. */
  readonly decision: string
  readonly evidence: string
  readonly amend?: readonly Omit<Amendment, 'erratum'>[]
  /** For what is no keyword: the method, a status. */
  readonly sets?: { readonly method?: string }
}

export interface Settled {
  readonly unsettled: readonly Finding[]
  /** Errata of this operation whose finding, or whose place, the page no longer has. */
  readonly stale: readonly Erratum[]
  readonly amendments: readonly Amendment[]
  readonly method: string | undefined
}

/**
 * Holds findings and errata of one operation against each other.
 *
 * @param idle - Errata that amend a place the page does not have.
 */
export function settle(
  findings: readonly Finding[],
  errata: readonly Erratum[],
  operation: string,
  idle: ReadonlySet<string> = new Set(),
): Settled {
  const own = errata.filter(({ id }) => id.startsWith(`${operation}/`))
  const settled = new Set(own.map(({ id }) => id))
  const raised = new Set(findings.map(({ id }) => id))
  return {
    unsettled: findings.filter(({ id }) => !settled.has(id)),
    stale: own.filter(({ id, found }) => idle.has(id) || (found === 'by-rule' && !raised.has(id))),
    amendments: own.flatMap(({ id, amend = [] }) => amend.map((one) => ({ ...one, erratum: id }))),
    method: own.find(({ sets }) => sets?.method !== undefined)?.sets?.method,
  }
}
