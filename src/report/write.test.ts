import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../model.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'
import { assertWritable, replaceAllureResults, writeReport } from './write.ts'

const ours = ['conformance.json', 'index.html', 'junit.xml', 'summary.md']

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'poolproof-write-'))
})

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).toSorted()
}

describe('writeReport', () => {
  it('writes all four files, into a directory it makes, and leaves nothing else', async () => {
    const deep = join(directory, 'reports/latest')
    await writeReport(sampleReport(), deep)
    expect(await namesIn(deep)).toEqual(ours)
    expect(await namesIn(join(directory, 'reports'))).toEqual(['latest'])
  })

  it('replaces the former report and keeps what is not ours', async () => {
    await writeFile(join(directory, 'notes.txt'), 'mine')
    await writeReport(sampleReport(1), directory)
    await writeReport(sampleReport(2), directory)
    expect(await namesIn(directory)).toEqual([...ours, 'notes.txt'].toSorted())
    expect(await readFile(join(directory, 'notes.txt'), 'utf8')).toBe('mine')
    const report = JSON.parse(await readFile(join(directory, 'conformance.json'), 'utf8')) as Report
    expect(report.findings).toHaveLength(2)
  })

  it('leaves the former report alone when the new one does not fit its schema', async () => {
    await writeReport(sampleReport(1), directory)
    const before = await readFile(join(directory, 'index.html'), 'utf8')
    const wrong = { ...sampleReport(2), exitCode: 7 } as unknown as Report
    await expect(writeReport(wrong, directory)).rejects.toThrow(/does not fit/)
    expect(await readFile(join(directory, 'index.html'), 'utf8')).toBe(before)
    expect(await namesIn(directory)).toEqual(ours)
  })

  it('replaces a link, never the file it leads to', async () => {
    const elsewhere = join(directory, 'precious.html')
    await writeFile(elsewhere, 'precious')
    await symlink(elsewhere, join(directory, 'index.html'))
    await writeReport(sampleReport(1), directory)
    expect(await readFile(elsewhere, 'utf8')).toBe('precious')
  })
})

describe('assertWritable', () => {
  it('leaves nothing behind', async () => {
    await assertWritable(join(directory, 'deep/out'))
    expect(await namesIn(directory)).toEqual([])
  })

  it.each(['file', 'file/below'])('says in a sentence that %s is no directory', async (path) => {
    await writeFile(join(directory, 'file'), '')
    const failing = assertWritable(join(directory, path))
    await expect(failing).rejects.toThrow(UsageError)
    await expect(failing).rejects.toThrow(
      /^The report cannot go to .*file.*: there is a file where a directory should be\. Name/,
    )
  })

  it('says in a sentence that a place cannot be written', async () => {
    await expect(assertWritable(join(directory, 'x'.repeat(300)))).rejects.toThrow(
      /^The report cannot be written to .*x \(ENAMETOOLONG at .*\)\. Name another/,
    )
  })

  it('notices a directory where the report has a file', async () => {
    await mkdir(join(directory, 'index.html'))
    await expect(assertWritable(directory)).rejects.toThrow(/index\.html is a directory/)
  })
})

describe('replaceAllureResults', () => {
  let from: string
  beforeEach(async () => {
    from = await mkdtemp(join(tmpdir(), 'poolproof-allure-'))
    await writeFile(join(from, 'new-result.json'), '{}')
  })

  it('takes away what Allure wrote before, and nothing else', async () => {
    const results = join(directory, 'allure-results')
    await mkdir(join(results, 'sub-result.json'), { recursive: true })
    const old = ['a-result.json', 'b-container.json', 'c-attachment.json', 'd-attachment']
    const mine = ['result.json', 'notes.md', 'my-result.json.bak', 'attachment.png']
    const names = [...old, ...mine, 'environment.properties', 'categories.json']
    await Promise.all(names.map((name) => writeFile(join(results, name), '')))
    await replaceAllureResults(from, directory)
    const kept = [...mine, 'sub-result.json', 'new-result.json']
    expect(await namesIn(results)).toEqual(kept.toSorted())
  })

  it('makes the directory where there is none', async () => {
    await replaceAllureResults(from, join(directory, 'new'))
    expect(await namesIn(join(directory, 'new/allure-results'))).toEqual(['new-result.json'])
  })

  it('says in a sentence when it cannot', async () => {
    await writeFile(join(directory, 'allure-results'), '')
    await expect(replaceAllureResults(from, directory)).rejects.toThrow(UsageError)
  })
})
