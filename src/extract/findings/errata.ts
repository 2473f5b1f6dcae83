/** What a person decided about findings, with evidence; read from `schemas/<dialect>/errata.json`. */
import type { Finding } from './finding.ts'
import type { Amendment, Overruled } from '../schema/amend.ts'

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
  /** For what is not a keyword: the method, a status. */
  readonly sets?: { readonly method?: string }
}

/** What a dialect leaves unsaid on page after page, settled once for all of them. */
export interface Note {
  /** The rules whose findings it settles, where they find no contradiction: some of `NOTABLE`. */
  readonly rules: readonly string[]
  /** What the pages leave unsaid. */
  readonly says: string
  /** How the schemas are to be read all the same. */
  readonly decision: string
  readonly evidence: string
}

/** What people decided: page by page, and once for a dialect. */
export interface Decisions {
  readonly errata: readonly Erratum[]
  readonly notes: readonly Note[]
}

export interface Settled {
  /** Findings that a note of the dialect settles. */
  readonly noted: readonly Finding[]
  readonly unsettled: readonly Finding[]
  /** Errata of this operation whose finding, or whose place, the page no longer has. */
  readonly stale: readonly Erratum[]
  /** Errata that overwrite what the page states, without saying that they do. */
  readonly overruling: readonly Overruled[]
  readonly amendments: readonly Amendment[]
  readonly method: string | undefined
}

/**
 * Holds findings and errata of one operation against each other.
 *
 * @param idle - Errata that amend a place the page does not have.
 * @param overruling - What errata overwrite of the page; known once the schemas are built.
 */
export function settle(
  findings: readonly Finding[],
  { errata, notes }: Decisions,
  operation: string,
  idle: ReadonlySet<string> = new Set(),
  overruling: readonly Overruled[] = [],
): Settled {
  const own = errata.filter(({ id }) => id.startsWith(`${operation}/`))
  const settled = new Set(own.map(({ id }) => id))
  const raised = new Set(findings.map(({ id }) => id))
  const left = findings.filter(({ id }) => !settled.has(id))
  const notable = new Set(notes.flatMap(({ rules }) => rules))
  const isNoted = ({ kind, rule }: Finding): boolean =>
    kind !== 'contradiction' && notable.has(rule)
  return {
    noted: left.filter(isNoted),
    unsettled: left.filter((finding) => !isNoted(finding)),
    stale: own.filter(({ id, found }) => idle.has(id) || (found === 'by-rule' && !raised.has(id))),
    overruling,
    amendments: own.flatMap(({ id, amend = [] }) => amend.map((one) => ({ ...one, erratum: id }))),
    method: own.find(({ sets }) => sets?.method !== undefined)?.sets?.method,
  }
}

/** Nothing is left for a person to decide. */
export function isSettled({ unsettled, stale, overruling }: Settled): boolean {
  return unsettled.length + stale.length + overruling.length === 0
}

/** One sentence on an erratum against the page. */
export function overruledSays({ erratum, at, keyword, page }: Overruled): string {
  const states =
    page === undefined
      ? `the page does not state ${keyword}`
      : `the page states ${keyword} as ${JSON.stringify(page)}`
  return `Erratum against the page: ${erratum}. At ${at} ${states}; let the erratum say so with "instead", or delete it.`
}
