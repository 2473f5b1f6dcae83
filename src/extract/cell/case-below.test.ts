/** Statements below a line, or an item of a list, that names the case they hold in. */
import { describe, expect, test } from 'vitest'
import { html, piped, request, table, HEAD } from '../odd-page.ts'
import type { Drafted } from '../schema/document.ts'

function kinds({ findings }: Drafted, rule: string): readonly string[] {
  return findings.filter((found) => found.rule === rule).map(({ kind }) => kind)
}

function paragraphs(...lines: readonly string[]): string {
  return lines.map((line) => `<p>${line}</p>`).join('\n')
}

function modesOf(words: string, preset: string): string {
  return `<li>Clusters of ${words}<ul><li>Possible values: warm and cold</li><li>Default value: ${preset}</li></ul></li>`
}

describe('a line that ends in a case', () => {
  const both = paragraphs(
    'The key (when <b>kind</b> is set to <b>fill</b>)',
    'This parameter is mandatory.',
    'The value contains a maximum of 9 characters.',
    'The key (when <b>kind</b> is set to <b>empty</b>)',
    'The value contains a maximum of 99 characters.',
  )

  test('limits below each of them hold in their cases', () => {
    const { at, drafted } = request(['key', 'No', 'String', both])
    expect(at).toEqual({ key: { type: 'string', 'x-stated': { maxLength: [9, 99] } } })
    expect(kinds(drafted, 'maximum-length-reads-two-ways')).toEqual(['silence'])
    expect(kinds(drafted, 'mandatory-column-against-text')).toEqual([])
  })

  test('a limit below one of them is reported, and not written', () => {
    const one = both.split('\n').slice(0, 3).join('\n')
    const { at, drafted } = request(['key', 'No', 'String', one])
    expect(at).toEqual({ key: { type: 'string' } })
    expect(kinds(drafted, 'sentence-not-understood')).toHaveLength(2)
  })
})

test('defaults below the items of a list hold in their cases', () => {
  const list = `The mode.<ul>${modesOf('tin', 'warm')}${modesOf('iron', 'cold')}</ul>`
  const { drafted } = request(['mode', 'No', 'String', list])
  expect(kinds(drafted, 'default-reads-two-ways')).toEqual(['silence'])
})

test('defaults behind a list hold in the cases that their sentences name', () => {
  const cell =
    'The metal. Valid values:\n\n -   tin: of tin.\n-   iron: of iron.\n\n For old pots of any kind, the default value is tin. For other pots, the default value is iron. '
  const drafted = piped([`|Metal|String|No|tin|${cell}|`])
  expect(kinds(drafted, 'default-reads-two-ways')).toEqual(['silence'])
})

test('two defaults of no case contradict each other', () => {
  const text = 'The default value is <b>tin</b>. The default value is <b>iron</b>.'
  const { drafted } = request(['metal', 'No', 'String', text])
  expect(kinds(drafted, 'default-reads-two-ways')).toEqual(['contradiction'])
})

test('items with values of their own are fields of what a list holds', () => {
  const list =
    '<ul><li><b>metal</b>: what it is of. The options are <b>tin</b> and <b>iron</b>.</li><li><b>heat</b>: how hot. The options are <b>warm</b> and <b>cold</b>.</li></ul>'
  const drafted = html({ request: table(HEAD, ['pots', 'Yes', 'Array', `The pots.${list}`]) })
  expect(drafted.document.request).toMatchObject({ properties: { pots: { type: 'array' } } })
  expect(kinds(drafted, 'values-reads-two-ways')).toEqual([])
  expect(kinds(drafted, 'fields-in-a-list')).toEqual(['unread'])
})

test('what other fields indicate are no values of a number', () => {
  const text =
    'The least. <b>cup_least</b> indicates the size and <b>cup_most</b> indicates the heat.'
  const { at, drafted } = request(['least', 'No', 'Integer', text])
  expect(at).toEqual({ least: { type: 'integer' } })
  expect(drafted.settled.unsettled).toEqual([])
})
