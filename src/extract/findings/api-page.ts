/** From a page to everything it says about its call, and to everything in it that needs a person. */
import type { ApiPage } from '../tables/api.ts'
import { bodyLists, listsFound, namedListsFound, withLists } from '../tables/body-list.ts'
import { callOf } from '../tables/call.ts'
import { readExamples, type Example } from '../tables/examples.ts'
import { nameFindings, type Finding } from './finding.ts'
import type { Found } from '../tables/found.ts'
import { nestTables } from '../tables/nesting.ts'
import type { Page } from '../page/page.ts'
import { readProse } from '../tables/prose.ts'
import { pageRules } from './page-rules.ts'
import { exampleRules } from './example-rules.ts'
import { rowRules } from './row-rules.ts'
import { tableRules } from './table-rules.ts'
import { nestFlatRows } from '../tables/flat-rows.ts'
import { nestBranches, nestByExample } from '../tables/nesting-by-example.ts'
import { readStatuses } from '../tables/statuses.ts'

/** @returns The page as understood, and what in it a person has to settle. */
export function readApiPage(page: Page): { api: ApiPage; findings: readonly Finding[] } {
  const call = callOf(page)
  const examples = readExamples(page.blocks, call)
  const nested = nestTables(
    page.blocks,
    page.shape === 'html-tables' ? call.path : undefined,
    call.method,
  )
  const { fields, found } = placeFlatFields(page, nested.fields, examples)
  const lists = bodyLists(fields, examples)
  const api: ApiPage = {
    page,
    lists,
    call,
    fields,
    examples,
    statuses: readStatuses(page.blocks),
    prose: readProse(page.blocks),
    tables: nested.read,
  }
  const all = [
    ...nested.found,
    ...found,
    ...listsFound(lists),
    ...RULES.flatMap((rule) => rule(api)),
  ]
  return { api, findings: nameFindings(all, call, page.title) }
}

const RULES: readonly ((api: ApiPage) => readonly Found[])[] = [
  pageRules,
  tableRules,
  rowRules,
  exampleRules,
]

/** A copied page has lost its indentation; the others have not. */
function placeFlatFields(
  page: Page,
  fields: ApiPage['fields'],
  examples: readonly Example[],
): { fields: ApiPage['fields']; found: readonly Found[] } {
  if (page.shape === 'html-tables') {
    const bodies = (side: Example['direction']): readonly unknown[] =>
      examples.flatMap(({ direction, value }) => (direction === side ? [value].flat() : []))
    const sent = nestFlatRows(fields.request, examples)
    const shown = nestFlatRows(fields.response, examples)
    const request = withLists(sent.fields, bodies('request'))
    const response = withLists(shown.fields, bodies('response'))
    return {
      fields: { ...fields, request, response },
      found: [...sent.found, ...shown.found, ...namedListsFound([...request, ...response])],
    }
  }
  const nest = page.shape === 'plain-text' ? nestByExample : nestBranches
  const request = nest(fields.request, examples)
  const response = nest(fields.response, examples)
  return {
    fields: { ...fields, request: request.fields, response: response.fields },
    found: [...request.found, ...response.found],
  }
}
