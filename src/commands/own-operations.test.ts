/** The worked example of docs/guides/your-own-page.md, carried out as it stands there. */

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownSuites } from '../../suites/index.ts'
import { isCheck } from '../check/check.ts'
import { extractCommand } from '../extract/index.ts'
import { examine } from '../prove/examine.ts'
import { knownServers } from '../reference/known-servers.ts'
import type { Answer, Call } from '../reference/rule.ts'
import { proofOf } from './library-prove.ts'
import { performing, refusing } from '../reference/mutant.ts'
import { elbReference, type ElbStore } from '../reference/elb/index.ts'
import { directWire } from '../wire/wire.ts'

const guide = readFileSync(new URL('../../docs/guides/your-own-page.md', import.meta.url), 'utf8')

/** The blocks of the guide in one language. */
function blocks(language: string): string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')
  return [...guide.matchAll(fenced)].map(([, text = '']) => text)
}

let folder: string
let said = ''
const out = () => join(folder, 'my')
const io = { stdout: (text: string) => (said += text), stderr: (text: string) => (said += text) }
const extract = () => extractCommand([join(folder, 'listener.md')], { out: out() }, io)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-own-'))
  writeFileSync(join(folder, 'listener.md'), blocks('markdown')[0] ?? '')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the worked example', () => {
  test('has one contradiction, and no schema before it is settled', async () => {
    expect(await extract()).toBe(1)
    expect(said).toContain('connection_limit/default-outside-values')
  })

  test('is accepted with the erratum of the guide', async () => {
    mkdirSync(join(out(), 'elb'), { recursive: true })
    writeFileSync(join(out(), 'elb', 'errata.json'), blocks('json')[0] ?? '')
    said = ''
    expect({ code: await extract(), said }).toMatchObject({ code: 0 })
  })

  test('gives checks that pass on the reference and find faults', async () => {
    const suites = await recipe()
    const ids = suites.flatMap(({ entries }) =>
      entries.filter((entry) => isCheck(entry)).map(({ requirement }) => requirement.id),
    )
    expect(ids).toContain('elb/update-listener/request.listener.name.max-length')
    const lawful = await examine(await knownServers.reference('elb', false), suites)
    expect([...lawful.outcomes].filter(([, { thrown }]) => thrown)).toEqual([])
    expect(lawful.held).toEqual({})
    const { outcomes } = await examine(await faulty(), suites)
    const broken = [...outcomes].filter(([, { thrown }]) => thrown?.family === 'broken')
    expect(broken.map(([id]) => id)).toEqual([
      'elb/update-listener/request.listener.name.max-length',
      'elb/update-listener/request.listener.connection_limit.minimum',
    ])
  })
})

describe('faults made from the rows of the worked example', () => {
  test('are all found, each by the check of its row', async () => {
    const { exitCode, mutants, shortcomings } = await proofOf({ operations: module('proof') })
    expect({ exitCode, shortcomings }).toEqual({ exitCode: 0, shortcomings: [] })
    expect(mutants.length).toBeGreaterThan(15)
    expect(new Set(mutants.map(({ breaks }) => breaks)).size).toBeGreaterThan(8)
  })

  test('survive a recipe that looks at nothing', async () => {
    const operations = module('blind', (text) =>
      text.replace(
        /shown: async .*\n/,
        'shown: (_ground, _path, { request }) => JSON.parse(request.body),\n',
      ),
    )
    const { exitCode, mutants } = await proofOf({ operations })
    expect(exitCode).toBe(1)
    const survivors = mutants.filter(({ killed }) => !killed).map(({ id }) => id)
    expect(survivors).toContain('update-listener-request-listener-name-max-length-stored-otherwise')
    expect(survivors.every((id) => id.endsWith('stored-otherwise'))).toBe(true)
  })

  test('cannot be planted where the reference has no such operation', async () => {
    const elsewhere = join(out(), 'elb', 'update-cup.json')
    const schema = readFileSync(join(out(), 'elb', 'update-listener.json'), 'utf8')
    writeFileSync(elsewhere, schema.replace('/lbaas/listeners/', '/lbaas/cups/'))
    const operations = module('cup', (text) =>
      text.replace('update-listener.json', 'update-cup.json'),
    )
    await expect(proofOf({ operations })).rejects.toThrow(
      'does not answer PUT /v2.0/lbaas/cups/{listener_id}',
    )
  })
})

/** The recipe of the guide. */
function recipe() {
  return ownSuites(module('listener'))
}

/** A file with the recipe of the guide, and this package in the place of the installed one. */
function module(name: string, change = (text: string): string => text): string {
  const library = fileURLToPath(new URL('library.ts', import.meta.url))
  const text = (blocks('js')[0] ?? '')
    .replace("'poolproof'", JSON.stringify(library))
    .replace("'my/", `'${out()}/`)
  const file = join(folder, `${name}.operations.js`)
  writeFileSync(file, change(text))
  return file
}

const put = 'PUT /v2.0/lbaas/listeners/:listener_id'

function sent({ body }: Call): Readonly<Record<string, unknown>> {
  const { listener } = (body ?? {}) as { listener?: Readonly<Record<string, unknown>> }
  return typeof listener === 'object' ? listener : {}
}

/** Cuts long names, and takes -1 for a mistake. */
async function faulty() {
  const server = await knownServers.reference('elb', false)
  const cutting = performing<ElbStore>(put, (call, _store, original): Answer => {
    const { name, ...others } = sent(call)
    if (typeof name !== 'string') return original(call)
    return original({ ...call, body: { listener: { ...others, name: name.slice(0, 250) } } })
  })
  const strict = refusing<ElbStore>(put, (call) =>
    sent(call)['connection_limit'] === -1
      ? { status: 400, code: 'HTTPBadRequest', message: 'It is negative.' }
      : undefined,
  )
  const reference = elbReference({ change: (behaviour) => strict(cutting(behaviour)) })
  return { ...server, wire: directWire(reference), inventory: () => reference.inventory() }
}

describe('an operation of another project', () => {
  test.each([
    ['export const operations = []', 'exports no operations'],
    [
      "export const operations = [{ schema: 'nowhere.json', recipe: {} }]",
      'nowhere.json cannot be read as the schema of an operation',
    ],
  ])('that is wrong is refused: %s', async (text, message) => {
    const file = join(folder, `wrong-${text.length}.js`)
    writeFileSync(file, text)
    await expect(ownSuites(file)).rejects.toThrow(message)
  })

  test('that is in a file that Node.js takes for a script is refused with what to do', () => {
    const scripts = join(folder, 'scripts')
    mkdirSync(scripts)
    const file = join(scripts, 'own.js')
    writeFileSync(join(scripts, 'package.json'), '{ "type": "commonjs" }')
    writeFileSync(file, 'export const operations = []')
    const built = new URL('../../dist/src/commands/library.js', import.meta.url).href
    const text = `const { conformance } = await import('${built}')
      await conformance({ operations: ${JSON.stringify(file)}, report: false }).catch(({ message }) => console.log(message))`
    // In this process, vitest would load it as a module.
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', text], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(said).toMatch(
      /own\.js cannot be loaded: .*\. Name it \.mjs, or write "type": "module" in package\.json\.$/m,
    )
  })
})
