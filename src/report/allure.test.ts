import { mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { UsageError } from '../model.ts'
import { claimDirectory, type OwnDirectory } from '../documents/own-directory.ts'
import { generateAllurePage, withoutForeignScripts } from './allure.ts'

let directory: string
let own: OwnDirectory
beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'poolproof-allure-test-')))
  own = claimDirectory(directory, '--out')
})

async function withAResult(): Promise<void> {
  await mkdir(join(directory, 'allure-results'))
  const result = {
    uuid: 'one',
    historyId: 'one',
    fullName: 'elb/delete-pool/members-first',
    name: 'elb/delete-pool/members-first',
    status: 'passed',
    context: 'finished',
    start: 1,
    stop: 2,
  }
  const file = join(directory, 'allure-results', 'one-result.json')
  await writeFile(file, JSON.stringify(result))
}

it('makes one page that loads nothing from the network', async () => {
  await withAResult()
  const file = await generateAllurePage(directory, own)
  expect(file).toBe(join(directory, 'allure.html'))
  const names = (await readdir(directory)).filter((name) => !name.startsWith('.'))
  expect(names.toSorted()).toEqual(['allure-results', 'allure.html'])
  const page = await readFile(file, 'utf8')
  expect(page).toContain(Buffer.from('"passed":1').toString('base64').slice(0, 8))
  expect(page).not.toMatch(/<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["']?(?:https?:)?\/\//i)
  expect(page).not.toContain('googletagmanager')
  expect(page).toContain(`content="default-src 'none'`)
})

it('removes the third-party scripts, the one that starts them, and nothing else', () => {
  const page = `<html><head></head><body><script>app()</script>
<script async src="https://www.example.com/gtag/js?id=1"></script><script src="//example.com/x"></script>
<script>
  window.dataLayer = window.dataLayer || [];
  gtag('config')
</script><script defer src="data:text/javascript,1"></script></body></html>`
  const left = withoutForeignScripts(page)
  expect(left.match(/<script[^>]*>[^<]*/g)).toEqual([
    '<script>app()',
    '<script defer src="data:text/javascript,1">',
  ])
})

it('says that there are no results', async () => {
  const failing = generateAllurePage(directory, own)
  await expect(failing).rejects.toThrow(UsageError)
  await expect(failing).rejects.toThrow(/^There are no Allure results in .*allure-results\./)
})

it('says why Allure failed, and writes nothing', async () => {
  await withAResult()
  const program = join(directory, 'broken.js')
  await writeFile(program, 'console.error("no such flag"); process.exit(1)')
  await expect(generateAllurePage(directory, own, program)).rejects.toThrow(
    /^Allure could not make a page from .*: no such flag$/,
  )
  expect(await readdir(directory)).not.toContain('allure.html')
})
