/** One change of a page names exactly the requirements that it touches, whatever errata stand there. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { extractCommand } from './index.ts'

interface Edit {
  /** The operation that the page describes. */
  readonly page: string
  readonly from: string
  readonly to: string
  /** Which occurrence of `from`, counted from 1. */
  readonly nth: number
  readonly ids: readonly string[]
}

const PAGES = join(import.meta.dirname, '../../../shared/pages')
const noPages = !existsSync(PAGES)
const edits = JSON.parse(
  readFileSync(join(import.meta.dirname, 'scripted-edits.json'), 'utf8'),
) as readonly Edit[]

interface Checked {
  readonly operation: string
  readonly differences: readonly { readonly id: string }[]
}

async function check(folder: string): Promise<readonly Checked[]> {
  let printed = ''
  const io = { stdout: (text: string): void => void (printed += text), stderr: (): void => {} }
  await extractCommand([], { check: folder, json: true }, io)
  return JSON.parse(printed) as readonly Checked[]
}

function edited(text: string, { from, to, nth }: Edit): string {
  let at = -1
  for (let count = 0; count < nth; count += 1) at = text.indexOf(from, at + 1)
  return at === -1 ? text : text.slice(0, at) + to + text.slice(at + from.length)
}

/** The file in which an operation is described: the only page with its title. */
const TITLES: Readonly<Record<string, string>> = {
  'elb/delete-pool': '# Deleting a Backend Server Group',
  'elb/remove-member': '# Removing a Backend Server<',
  'elb/update-pool': '# Updating a Backend Server Group',
  'slb/remove-vserver-group-backend-servers': '# RemoveVServerGroupBackendServers',
  'slb/remove-backend-servers': 'Server Load Balancer:RemoveBackendServers',
}

test('there are forty of them, of all five pages', () => {
  expect(edits.length).toBeGreaterThanOrEqual(40)
  expect(new Set(edits.map(({ page }) => page)).size).toBe(5)
})

describe.skipIf(noPages)('on ../shared/pages (skipped where they are not at hand)', () => {
  const texts = noPages
    ? []
    : readdirSync(PAGES)
        .filter((name) => name.endsWith('.txt'))
        .map((name) => readFileSync(join(PAGES, name), 'utf8'))

  test.each(edits)('$page: $from becomes $to, $nth', async (edit) => {
    const text = texts.find((page) => page.includes(TITLES[edit.page]!))!
    const folder = mkdtempSync(join(tmpdir(), 'poolproof-'))
    try {
      writeFileSync(join(folder, 'page.txt'), edited(text, edit))
      const found = (await check(folder)).find(({ operation }) => operation === edit.page)!
      const ids = found.differences.map(({ id }) => id.slice(edit.page.length + 1))
      expect(ids.filter((id) => id !== 'page').toSorted()).toEqual(edit.ids)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
