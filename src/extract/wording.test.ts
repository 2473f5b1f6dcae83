/** None of the vendors' sentences is in the repository: no nine words in a row. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const PAGES = join(ROOT, '../shared/pages')
const noPages = !existsSync(PAGES)
const RUN = 9

function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* filesBelow(path)
    else yield path
  }
}

/** Words of prose: letters only, so that ids, numbers and keys of JSON do not make a sentence. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1)
}

function runsOf(words: readonly string[]): readonly string[] {
  return words.slice(RUN - 1).map((_, index) => words.slice(index, index + RUN).join(' '))
}

/** Code blocks are data: their words are keys and literals, which carry over. */
function prose(page: string): string {
  return page.replace(/```[\s\S]*?```/g, ' ').replace(/^[{[][\s\S]*?^[}\]]/gm, ' ')
}

describe.skipIf(noPages)('beside ../shared/pages (skipped where they are not at hand)', () => {
  test('no nine words of a page in a row', () => {
    const pages = new Set(
      [...filesBelow(PAGES)]
        .filter((path) => !path.endsWith('README.md'))
        .flatMap((path) => runsOf(wordsOf(prose(readFileSync(path, 'utf8'))))),
    )
    const own = ['src/extract', 'schemas/elb', 'schemas/slb'].flatMap((folder) => [
      ...filesBelow(join(ROOT, folder)),
    ])
    const copied = own.flatMap((path) =>
      runsOf(wordsOf(readFileSync(path, 'utf8'))).filter((run) => pages.has(run)),
    )
    expect([...new Set(copied)]).toEqual([])
  })
})
