/** Small pages for the tests of odd ways of writing one, and what is drafted from them. */

import { openPage } from './page/open-page.ts'
import { withoutSources } from './schema/amend.ts'
import { draft, type Drafted } from './schema/document.ts'
import { ownSchemas, readDecisions } from './schema/store.ts'
import { readApiPage } from './findings/api-page.ts'

export function read(page: string): Drafted {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(page)))
  return draft(api, findings, readDecisions(ownSchemas(), api.call.dialect))
}

/** Rules of all findings that are about the call itself, not about sections that a test leaves out. */
export function rules({ findings }: Drafted): readonly string[] {
  const left = /^(?:section-missing|example-missing|success-status-unstated|method-unstated)$/
  return findings.map(({ rule }) => rule).filter((rule) => !left.test(rule))
}

export function fields(schema: unknown): unknown {
  return (withoutSources(schema) as { properties: unknown } | null)?.properties
}

export function table(...rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  return `<table>${lines.join('\n')}</table>\n`
}

export const HEAD = ['Parameter', 'Mandatory', 'Type', 'Description'] as const

export function html({
  uri = 'PUT /v3/jars',
  request = 'None',
  response = 'None',
}: {
  uri?: string
  request?: string
  response?: string
}): Drafted {
  return read(
    `# Updating a Jar\n\n## Function\n\nThis is for the filling of a jar, and of the lid.\n\n## URI\n\n${uri}\n\n## Request\n\n${request}\n\n## Response\n\n${response}\n\n## Status Code\n\n200 is returned.\n`,
  )
}

export function request(...rows: readonly (readonly string[])[]): {
  at: unknown
  drafted: Drafted
} {
  const drafted = html({ request: table(HEAD, ...rows) })
  return { at: fields(drafted.document.request), drafted }
}

export function piped(rows: readonly string[], attributes = ' {#doc_api_1 .reference}'): Drafted {
  const section = attributes === '' ? '' : ' {#p .section}'
  return read(
    `# FillJar${attributes}\n\nFills the jar of a cook.\n\n## Request parameters${section}\n\n` +
      `|Name|Type|Required|Example|Description|\n|---|---|---|---|---|\n${rows.join('\n')}\n\n` +
      `## Return parameters${section}\n\n|Name|Type|Example|Description|\n|---|---|---|---|\n|JarId|String|j-1|The ID of the jar.|\n`,
  )
}

export function pipedFields(...rows: readonly string[]): Record<string, unknown> {
  return fields(piped(rows).document.request) as Record<string, unknown>
}
