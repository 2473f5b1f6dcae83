import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLValidator } from 'fast-xml-parser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileError } from '../documents/file-error.ts'
import { claimDirectory, type OwnDirectory } from '../documents/own-directory.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'
import { replaceAllureResults, reportFiles } from './write-report.ts'

const ours = ['conformance.json', 'evidence.json.gz', 'index.html', 'junit.xml', 'summary.md']

let folder: string
let directory: OwnDirectory
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'poolproof-write-')))
  directory = claimDirectory(join(folder, 'out'), '--report')
})
afterEach(() => rmSync(folder, { recursive: true }))

const writeReport = (report: Report) => directory.write(reportFiles(report).files)

const at = (name: string) => join(folder, name)
const namesIn = (name: string) =>
  readdirSync(at(name))
    .filter((one) => !one.startsWith('.poolproof-'))
    .toSorted()

function findings(): number {
  const report = JSON.parse(readFileSync(at('out/conformance.json'), 'utf8')) as Report
  return report.findings.length
}

describe('the files of a report', () => {
  it('writes all four files, readable by the owner only', () => {
    writeReport(sampleReport())
    expect(namesIn('out')).toEqual(ours)
    expect(ours.map((name) => statSync(at(`out/${name}`)).mode & 0o777)).toEqual(
      ours.map(() => 0o600),
    )
  })

  it('replaces the earlier report', () => {
    writeReport(sampleReport(1))
    writeReport(sampleReport(2))
    expect(findings()).toBe(2)
  })

  it('makes the directory again that was removed during the run', () => {
    rmSync(at('out'), { recursive: true })
    writeReport(sampleReport(2))
    expect(namesIn('out')).toEqual(ours)
  })

  it('changes no file when one of them cannot be replaced', () => {
    writeReport(sampleReport(1))
    rmSync(at('out/junit.xml'))
    mkdirSync(at('out/junit.xml'))
    expect(() => writeReport(sampleReport(2))).toThrow(FileError)
    expect(findings()).toBe(1)
  })

  it('replaces a link, and not the file that it points to', () => {
    writeFileSync(at('theirs'), 'theirs')
    symlinkSync(at('theirs'), at('out/index.html'))
    writeReport(sampleReport(1))
    expect(readFileSync(at('theirs'), 'utf8')).toBe('theirs')
  })
})

describe('a fault of ours in one file', () => {
  const broken = {
    ...sampleReport(2),
    run: { ...sampleReport(2).run, exchanges: null as unknown as number },
  }

  it('costs no other file, and is in the report', () => {
    const { report, files } = reportFiles(broken)
    expect(report).toMatchObject({ exitCode: 70, faults: [expect.anything(), expect.anything()] })
    const texts = Object.fromEntries(files)
    expect(texts['index.html']).toContain('index.html could not be written. TypeError')
    expect(texts['summary.md']).toContain('1 of 2 requirements is broken')
    expect(XMLValidator.validate(String(texts['junit.xml']))).toBe(true)
  })

  it('leaves a record that does not fit its schema, and says so', () => {
    const { json } = reportFiles({ ...sampleReport(2), mood: 'good' } as unknown as Report)
    expect(JSON.parse(json)).toMatchObject({
      conclusion: 'failed',
      exitCode: 70,
      faults: [expect.stringContaining('does not fit')],
      findings: [{}, {}],
    })
  })
})

describe('replaceAllureResults', () => {
  beforeEach(() => {
    mkdirSync(at('from'))
    writeFileSync(at('from/new-result.json'), '{}')
  })

  it('removes what Allure wrote in an earlier run, and nothing else', () => {
    mkdirSync(at('out/allure-results/sub-result.json'), { recursive: true })
    const earlier = ['a-result.json', 'b-container.json', 'c-attachment.json', 'd-attachment']
    const others = ['result.json', 'notes.md', 'my-result.json.bak', 'attachment.png']
    const names = [...earlier, ...others, 'environment.properties', 'categories.json']
    for (const name of names) writeFileSync(at(`out/allure-results/${name}`), '')
    replaceAllureResults(at('from'), directory)
    const kept = [...others, 'sub-result.json', 'new-result.json']
    expect(namesIn('out/allure-results')).toEqual(kept.toSorted())
    expect(statSync(at('out/allure-results/new-result.json')).mode & 0o777).toBe(0o600)
  })

  it('never goes through a link to the results of somebody else', () => {
    mkdirSync(at('theirs'))
    writeFileSync(at('theirs/a-result.json'), 'theirs')
    symlinkSync(at('theirs'), at('out/allure-results'))
    expect(() => replaceAllureResults(at('from'), directory)).toThrow(FileError)
    expect(namesIn('theirs')).toEqual(['a-result.json'])
  })

  it('says in a sentence why it cannot write', () => {
    writeFileSync(at('out/allure-results'), '')
    expect(() => replaceAllureResults(at('from'), directory)).toThrow(
      /allure-results cannot be written: a file is where a directory should be/,
    )
  })
})
