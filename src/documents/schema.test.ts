import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { problems, schemaFile, shownPath } from './schema.ts'

describe('schemaFile', () => {
  test.each(['target.schema.json', 'report.schema.json'])('finds %s, which is JSON', (name) => {
    const schema = JSON.parse(readFileSync(schemaFile(name), 'utf8')) as Record<string, unknown>
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(String(schema['$id'])).toContain(name)
  })

  test('says where it looked for one that is not there', () => {
    expect(() => schemaFile('pool.schema.json')).toThrow(
      /^The package has no schema pool\.schema\.json; looked in \S+ and \S+\.$/,
    )
  })
})

describe('the schemas of our own documents', () => {
  const folder = new URL('../../schemas/', import.meta.url)
  const names = readdirSync(folder).filter((name) => name.endsWith('.schema.json'))

  // The program does not ask this each time it starts.
  test.each(names)('%s is a schema', (name) => {
    const schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object
    const ajv = new Ajv2020({ strict: false })
    expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null])
  })
})

describe('problems', () => {
  const target = {
    name: 'a',
    dialect: 'elb',
    endpoint: 'http://h',
    auth: { token: { env: 'T' } },
    given: { subnetId: 's', addresses: ['192.0.2.1'] },
  }

  test('are none for what fits', () => {
    expect(problems('target.schema.json', target)).toEqual([])
  })

  test('are the same when asked again, and forgotten for the next value', () => {
    const wrong = { ...target, name: 3 }
    const first = problems('target.schema.json', wrong)
    expect(first).toEqual(['name must be string.'])
    expect(problems('target.schema.json', wrong)).toEqual(first)
    expect(problems('target.schema.json', target)).toEqual([])
  })

  test('are told once each, a sentence with a place', () => {
    const found = problems('target.schema.json', { ...target, auth: {}, extra: 1, given: 'x' })
    expect(new Set(found).size).toBe(found.length)
    for (const sentence of found) expect(sentence).toMatch(/^(?:the document|auth|given) .*[.?]$/)
  })
})

test('files of the package are named as they are found from the working directory', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const project = join(root, '..', '..')
  expect(shownPath('schemas/target.schema.json', root)).toBe('schemas/target.schema.json')
  expect(shownPath('fixtures/targets', project)).toBe(
    join(relative(project, root), 'fixtures/targets'),
  )
  expect(shownPath('fixtures/targets', join(root, 'src'))).toBe(join(root, 'fixtures/targets'))
})
