import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { suites } from '../suites/index.ts'
import { ownSchemas, readDocuments } from './extract/schema/store.ts'
import { addressOf, operations } from './model.ts'
import { elbBehaviour } from './reference/elb/index.ts'
import { slbBehaviour } from './reference/slb/index.ts'

type Row = (typeof operations)[number]

const nameOf = ({ dialect, operation }: { dialect: string; operation: string }) =>
  `${dialect}/${operation}`

describe('the list of operations', () => {
  test('has a schema for each, made from the page that it names, and none besides', () => {
    const documents = readDocuments(ownSchemas()).map((document) => {
      const { title, sha256 } = document.page
      return [nameOf(document), document.method, document.path, title, sha256]
    })
    const rows = operations.map((row) => {
      const { title, sha256 } = row.page
      return [nameOf(row), row.method, row.path, title, sha256]
    })
    expect(new Set(documents)).toEqual(new Set(rows))
  })

  test('names what the reference serves, under the same method and path or action', () => {
    const served = { elb: elbBehaviour, slb: slbBehaviour }
    const missing = operations.filter(
      (row) => !served[row.dialect].effects.some(({ on }) => on === callOf(row)),
    )
    expect(missing.map(nameOf)).toEqual([])
  })

  test('has an address for the page of every requirement', () => {
    const requirements = suites.flatMap(({ entries }) => entries.map((one) => one.requirement))
    const lost = requirements.filter(({ source }) => !addressOf(source)?.startsWith('https://'))
    expect(lost).toEqual([])
  })

  test('is in README.md as a table, which `vitest --update` writes anew', async () => {
    const file = fileURLToPath(new URL('../README.md', import.meta.url))
    const text = readFileSync(file, 'utf8')
    const table = /\| dialect +\| operation [^]*?\n\n/
    expect(text).toMatch(table)
    await expect(text.replace(table, `${tableOf(operations)}\n\n`)).toMatchFileSnapshot(file)
  })
})

/** How the reference calls an operation: by method and path, or by the action, which is the title of its page. */
function callOf({ dialect, method, path, page }: Row): string {
  return dialect === 'slb' ? page.title : `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`
}

/** In Markdown, as the formatter leaves it. */
function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['dialect', 'operation', 'page'],
    ['', '', ''],
    ...rows.map(({ dialect, operation, page }) => [
      `\`${dialect}\``,
      `\`${operation}\``,
      `[${page.title}](${page.address})`,
    ]),
  ]
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0)),
  )
  const line = (texts: readonly string[], fill: string) =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`
  return cells.map((texts, index) => line(texts, index === 1 ? '-' : ' ')).join('\n')
}
