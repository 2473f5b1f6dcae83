import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { staleBuild } from './stale-build.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'poolproof-stale-build-'))
  await file('dist/src/cli.js', 10)
  await file('dist/src/check/check.js', 10)
})
afterEach(() => rm(root, { recursive: true }))

/** An empty file that was last changed so many seconds after a fixed time. */
async function file(path: string, seconds: number): Promise<void> {
  const whole = join(root, path)
  await mkdir(dirname(whole), { recursive: true })
  await writeFile(whole, '')
  await utimes(whole, 1_000_000_000 + seconds, 1_000_000_000 + seconds)
}

async function checkout(): Promise<void> {
  await file('src/cli.ts', 5)
  await file('src/check/check.ts', 10)
}

const said = () => staleBuild(pathToFileURL(join(root, 'dist/src/cli.js')).href)

test('a build as new as its sources is not stale', async () => {
  await checkout()
  expect(said()).toBeUndefined()
})

test('a source that was changed after the build is named, with what to do', async () => {
  await checkout()
  await file('src/check/check.ts', 11)
  expect(said()).toBe('src/check/check.ts is newer than the build in dist/. Run: npm run build')
})

test.each(['src/check/lanes.ts', 'suites/index.ts', 'fixtures/elb/arrange.ts'])(
  'a source that was never built makes the build stale: %s',
  async (path) => {
    await checkout()
    await file(path, 0)
    expect(said()).toContain(path)
  },
)

test.each(['src/check/check.test.ts', 'src/extract/samples/cell.ts', 'bench/faults.ts'])(
  'what the build leaves out does not make it stale: %s',
  async (path) => {
    await checkout()
    await file(path, 20)
    expect(said()).toBeUndefined()
  },
)

test('an installed package, which has no sources, is never stale', async () => {
  await file('fixtures/targets/elb.json', 20)
  expect(said()).toBeUndefined()
})

test('a program that does not run from dist/ is never stale', async () => {
  await checkout()
  await file('src/check/check.ts', 11)
  expect(staleBuild(pathToFileURL(join(root, 'src/cli.ts')).href)).toBeUndefined()
})
