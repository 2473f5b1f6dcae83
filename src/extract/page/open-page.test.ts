/** What is no API page, and what is one that cannot be read: one sentence each, and quickly. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readApiPage } from '../findings/api-page.ts'
import { draft } from '../schema/document.ts'
import { LARGEST, openPage } from './open-page.ts'
import { PageRefused } from './page.ts'
import { printed } from '../schema/store.ts'

const samples = ['html-tables.txt', 'pipe-tables.txt', 'plain-text.txt'].map((name) =>
  readFileSync(join(import.meta.dirname, '../samples', name), 'utf8'),
)

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

const refusals: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['an empty file', bytes(''), /^The file is empty\.$/],
  ['a file of blanks', bytes(' \n\t\n'), /^The file is empty\.$/],
  [
    'a binary file',
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
    /^The file is binary, not text\.$/,
  ],
  [
    'another encoding',
    new Uint8Array([0x41, 0xff, 0xfe, 0x42]),
    /^The file is binary, or in another encoding/,
  ],
  ['50 MB', new Uint8Array(50_000_000).fill(0x61), /^The file has 50000000 bytes, and no API page/],
  ['prose', bytes('# Tea\n\nHow to make tea.\n'), /^This is not an API page: /],
  [
    'a page of codes',
    bytes('# HTTP Status Codes for Tea\n\nThe codes.\n'),
    /^This page lists codes and describes no call/,
  ],
  [
    'Chinese',
    bytes(
      `# 更新水壶\n\n## URI\n\nPUT /v9/kettles\n\n${'该接口用于更新水壶的说明文字。'.repeat(9)}\n`,
    ),
    /^The page is not in English/,
  ],
  [
    'German',
    bytes(
      `# Kessel\n\n## URI\n\nPUT /v9/k\n\n${'Dieser Aufruf erneuert einen Kessel und sagt, was darin kocht. '.repeat(9)}\n`,
    ),
    /^The page is not in English/,
  ],
  [
    'German in short cells',
    bytes(
      '# Kessel\n\n## URI\n\nPUT /v9/k\n\n## Request\n\n<table><tr><th>Parameter</th><th>Typ</th></tr><tr><td>Die Art und die Form der Tassen</td><td>das Maß</td></tr></table>\n',
    ),
    /^The page is not in English/,
  ],
  [
    'French in short cells',
    bytes(
      '# Modifier une tasse\n\n## URI\n\nPUT /v9/k\n\n## Request\n\n<table><tr><th>Parameter</th><th>Type</th></tr><tr><td>Le nom de la tasse et du plateau</td><td>String</td></tr></table>\n',
    ),
    /^The page is not in English/,
  ],
  [
    'an example in a fence that is never closed',
    bytes(`${samples[0]!}\n\`\`\`\n{ "kettle": {\n`),
    /^The example that begins in line \d+ never ends: the file is cut short\.$/,
  ],
  [
    'HTML cut short',
    bytes(samples[0]!.slice(0, samples[0]!.indexOf('</tbody>'))),
    /^The table that begins in line \d+ never ends: the file is cut short\.$/,
  ],
  [
    'a row cut short',
    bytes(samples[1]!.slice(0, samples[1]!.indexOf('|RequestId|String') + 20)),
    /^The table row that begins in line \d+ never ends/,
  ],
  [
    'a copy cut short',
    bytes(samples[2]!.slice(0, samples[2]!.indexOf('Quietly') + 4)),
    /^The page is cut short: its last section is Request parameters\.$/,
  ],
  [
    'an example cut short',
    bytes(samples[2]!.slice(0, samples[2]!.indexOf('"Polish": 3'))),
    /^The example that begins in line \d+ never ends/,
  ],
]

test.each(refusals)('%s is refused with one sentence', (_, page, sentence) => {
  const refusal = refusalOf(page)
  expect(refusal).toMatch(sentence)
  expect(refusal).not.toContain('\n')
})

test('an English page of many short cells is none in another language', () => {
  const rows = '<tr><td>saucer</td><td>String</td><td>Kitchen porcelain</td></tr>'.repeat(60)
  const page = `# Updating a Cup\n\n## URI\n\nPUT /v9/cups\n\n## Request\n\nThe table of it.\n\n<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>${rows}</table>\n`
  expect(refusalOf(bytes(page))).toBe('not refused')
})

function refusalOf(page: Uint8Array): string {
  try {
    openPage(page)
  } catch (error) {
    if (error instanceof PageRefused) return error.message
    throw error
  }
  return 'not refused'
}

/** Reads a page to the end; refusing it is an end too. @returns Milliseconds of this process, so that a busy machine does not count. */
function readThrough(text: string): number {
  const start = process.cpuUsage()
  try {
    const { api, findings } = readApiPage(openPage(bytes(text)))
    printed(draft(api, findings, { errata: [], notes: [] }).document)
  } catch (error) {
    if (!(error instanceof PageRefused)) throw error
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

describe('no input hangs', () => {
  const head =
    '# Updating a Kettle\n\n## URI\n\nPUT /v9/kettles/{id}\n\nThis is the value of a parameter and for the kettle.\n\n## Request\n\n'
  const table = (cell: string): string =>
    `${head}<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td>a</td><td>String</td><td>${cell}</td></tr></table>\n`
  const shapes: readonly (readonly [string, (size: number) => string])[] = [
    ['unclosed tags', (size) => table('<b x>'.repeat(size))],
    ['closed tags that were never opened', (size) => table('<p><i>a</b></u>'.repeat(size))],
    ['spans', (size) => table('</td><td rowspan="900" colspan="900">a'.repeat(size))],
    [
      'rows of spans',
      (size) =>
        `${head}<table>${'<tr><td rowspan="900">a</td><td>b</td></tr>'.repeat(size)}</table>`,
    ],
    ['nested lists', (size) => table('<ul><li>a'.repeat(size))],
    [
      'nested Markdown lists',
      (size) =>
        head +
        Array.from({ length: size }, (_, depth) => `${'  '.repeat(depth % 400)}- a`).join('\n'),
    ],
    ['quotes in quotes', (size) => head + '> '.repeat(size)],
    ['blanks in a heading', (size) => `${head}# A${' '.repeat(100 * size)}b\n`],
    ['braces in a heading', (size) => `${head}# A ${'{#a '.repeat(size)}b\n`],
    ['open brackets', (size) => head + '['.repeat(size)],
    ['stars', (size) => head + '*a **'.repeat(size)],
    ['one long sentence', (size) => table('when the value is '.repeat(size))],
    [
      'many sentences',
      (size) => table('When the a is B, the value ranges from 1 to 2. '.repeat(size)),
    ],
    [
      'many enumerations',
      (size) =>
        table(
          '<p>The value can be one of the following:</p><ul><li><b>A</b>: a</li></ul>'.repeat(size),
        ),
    ],
    ['code without an end', (size) => `${head}\`\`\`\n${'{"a":\n'.repeat(size)}`],
    ['deep JSON', (size) => `${head}\`\`\`\n${'{"a":'.repeat(size)}1${'}'.repeat(size)}\n\`\`\`\n`],
    [
      'a deep answer to a removal',
      (size) =>
        `# RemoveCups {#a .section}\n\nThis is the value of the parameter and of the page.\n\n\`\`\`\n${'{"a":'.repeat(size)}1${'}'.repeat(size)}\n\`\`\`\n`,
    ],
    [
      'deep XML',
      (size) =>
        `# A {#a .section}\n\nThis is the value of the parameter and of the page.\n\n\`\`\`\n${'<a>'.repeat(size)}${'</a>'.repeat(size)}\n\`\`\`\n`,
    ],
    [
      'pipes',
      (size) =>
        `# A {#a .section}\n\nThis is the value of the parameter.\n\n|Parameter|Type|\n|---|---|\n${'|a\n'.repeat(size)}`,
    ],
    [
      'pipe rows',
      (size) =>
        `# A {#a .section}\n\n## Request parameters {#p .section}\n\nThis is the value of the parameter.\n\n|Parameter|Type|\n|---|---|\n${'|a|String|\n'.repeat(size)}`,
    ],
    [
      'run-together rows',
      (size) => samples[2]!.replace('DrawerIdstringYes', 'DrawerIdstringYes\n'.repeat(size)),
    ],
    [
      'captions',
      (size) =>
        head +
        '**Table  1** **a**  b\n\n<a name="t"></a>\n<table><tr><th>Parameter</th><th>Type</th></tr></table>\n\n'.repeat(
          size,
        ),
    ],
  ]

  test.each(shapes)(
    '%s: four times the input takes no more than about four times as long',
    (_, grow) => {
      readThrough(grow(50))
      const small = Math.min(readThrough(grow(400)), readThrough(grow(400)))
      const large = Math.min(readThrough(grow(1600)), readThrough(grow(1600)))
      expect(large).toBeLessThan(small * 12 + 200)
    },
  )

  test.each(shapes)('%s: as much as may be is read within seconds', (_, grow) => {
    const size = Math.floor((400_000 / (grow(101).length - grow(1).length)) * 100)
    expect(readThrough(grow(size))).toBeLessThan(6000)
  })

  test('chance mutilations of the samples are read or refused', () => {
    let seed = 7
    const chance = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 300; round += 1) {
      const sample = samples[round % samples.length]!
      const [from, to] = [chance(sample.length), chance(sample.length)].toSorted(
        (one, other) => one - other,
      )
      const cut = sample.slice(0, from) + sample.slice(to)
      const twice = sample.slice(0, to) + sample.slice(from)
      expect(readThrough(round % 2 === 0 ? cut : twice)).toBeLessThan(2000)
    }
  })

  test('a page of just the largest size is no matter', () => {
    const filler = 'This is the value of a parameter and for the kettle. '
    expect(
      readThrough(head + filler.repeat((LARGEST - head.length) / filler.length - 1)),
    ).toBeLessThan(8000)
  })
})
