import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { referenceTarget } from '../reference/embedded.ts'
import * as library from './library.ts'
import * as forVitest from './library-vitest.ts'
import { targetsOf } from './library-run.ts'

const description = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8')

test('the surface is small, and every name of it is described', () => {
  expect(Object.keys(library).toSorted()).toEqual([
    'conformance',
    'defineOperation',
    'defineTarget',
    'proveOperations',
  ])
  expect(Object.keys(forVitest)).toEqual(['conformance'])
  for (const name of [
    'defineTarget',
    'defineOperation',
    'conformance',
    'proveOperations',
    'OperationsProof',
    'poolproof/vitest',
    'Report',
    'Target',
  ]) {
    expect(description).toContain(name)
  }
})

describe('a target', () => {
  const target = referenceTarget('elb', 'http://127.0.0.1:9/', { asynchronousMilliseconds: 0 })

  test('is what was defined, and is checked when it is used', async () => {
    expect(library.defineTarget(target)).toBe(target)
    expect(await targetsOf(target)).toMatchObject([{ endpoint: 'http://127.0.0.1:9' }])
    const wrong = { ...target, name: 'mün' }
    await expect(targetsOf([wrong])).rejects.toThrow('The target is not a target file:\n  name is')
    expect(await targetsOf(undefined)).toEqual([])
  })
})

describe('a run', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'poolproof-library-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([
    [{ only: ['elb/nothing'] }, '--only elb/nothing selects nothing'],
    [{ target: 'nowhere.json' }, 'There is no target file'],
  ])('that is wrong is refused: %j', async (options, said) => {
    const report = join(folder, 'refused')
    await expect(library.conformance({ report, ...options })).rejects.toThrow(said)
  })
})

// The built-in reference, asked as in a project of somebody else's.
await forVitest.conformance({ only: ['elb/delete-pool/status-204', 'elb/delete-pool/gone'] })
