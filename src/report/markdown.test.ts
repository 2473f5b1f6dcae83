import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../model.ts'
import { appendSummary, plain, summaryMarkdown } from './markdown.ts'
import { sampleReport } from './sample-report.ts'

describe('summaryMarkdown', () => {
  it('begins with the conclusion and its counts', () => {
    const text = summaryMarkdown(sampleReport())
    expect(text).toMatch(/^## Poolproof: 2 of 40 requirements are broken, 1 waiver is stale, 3 are/)
    expect(text).toContain('| staging-eu: `elb/delete-pool` | 1 | · | · | 1 | 6 |')
    expect(text).toContain('| **all** | 2 | 3 | 2 | 1 | 32 |')
  })

  it('names what is broken with its reason and the command to repeat it', () => {
    const text = summaryMarkdown(sampleReport())
    expect(text).toContain('- `elb/delete-pool/members-first` on `staging-eu`: A pool that still')
    expect(text).toContain('answered 204 without a body, expected a refusal (4xx).')
    expect(text).toContain('--only elb/delete-pool/members-first --seed 7`')
    expect(text).toMatch(/Source: \[Deleting .* › Constraints\]\(<https:\/\/\S+\.html>\)/)
  })

  it('gives a reason once for all it leaves undecided', () => {
    const text = summaryMarkdown(sampleReport())
    expect(text).toContain('`elb/update-pool/sample-15`, `elb/update-pool/sample-20`')
  })

  it('says which readings were seen', () => {
    expect(summaryMarkdown(sampleReport())).toContain('**not-found**, A second deletion')
  })

  it('says what was observed of each target', () => {
    const report = sampleReport(2)
    const notOffered = [{ what: 'GET /l7policies', evidence: 'GET /l7policies → 404' }]
    const found = { readLagMilliseconds: 1_340, notOffered }
    const text = summaryMarkdown({ ...report, targets: [{ ...report.targets[0]!, found }] })
    expect(text).toContain('- staging-eu: Reads follow writes within 1.3 s.')
    expect(text).toContain('GET `/l7policies` is not offered: GET `/l7policies` → 404')
  })

  it('leaves out what there is nothing to say about', () => {
    const report = sampleReport(1)
    const text = summaryMarkdown({ ...report, staleWaivers: [], leftovers: [] })
    expect(text).not.toContain('###')
  })

  it('writes ordinary words as they are, and every other word as code', () => {
    const text =
      '1. It is "done", won’t 20 (see #1): <b> **b** www.a.example a|b, x@b 5a9a3e9 – 4xx.'
    expect(plain(text)).toBe(
      String.raw`1\. It is "done", won’t 20 (see ` +
        '`#1`): `<b>` `**b**` `www.a.example` `a`\\|`b`, `x@b` `5a9a3e9` – 4xx.',
    )
  })

  it('keeps backticks inside a code span', () => {
    const report = sampleReport(1)
    const text = summaryMarkdown({ ...report, run: { ...report.run, command: 'a `b` c' } })
    expect(text).toContain('Repeat it: `` a `b` c ``')
  })

  it('stays short however much is broken', () => {
    const report = sampleReport(1)
    const broken = { ...report.findings[0]!, verdict: 'fail' as const, reason: 'x'.repeat(5000) }
    const findings = Array.from({ length: 500 }, () => broken)
    const text = summaryMarkdown({ ...report, findings })
    expect(text).toContain('… and 450 more')
    expect(text.length).toBeLessThan(100_000)
  })
})

describe('appendSummary', () => {
  it('adds to what other steps have written', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'poolproof-')), 'summary.md')
    appendSummary(sampleReport(), { GITHUB_STEP_SUMMARY: file })
    appendSummary(sampleReport(), { GITHUB_STEP_SUMMARY: file })
    expect((await readFile(file, 'utf8')).match(/^## Poolproof/gm)).toHaveLength(2)
  })

  it('does nothing where there is no such file', () => {
    expect(appendSummary(sampleReport(), {})).toBeUndefined()
  })

  it('says so when it cannot', () => {
    const environment = { GITHUB_STEP_SUMMARY: join(tmpdir(), 'no-such-directory', 'summary.md') }
    const failing = () => appendSummary(sampleReport(), environment)
    expect(failing).toThrow(UsageError)
    expect(failing).toThrow('(ENOENT), which GITHUB_STEP_SUMMARY names.')
  })

  it('does not wait for whoever reads a pipe, and writes to no directory', async () => {
    const pipe = join(await mkdtemp(join(tmpdir(), 'poolproof-')), 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const GITHUB_STEP_SUMMARY of [pipe, tmpdir()]) {
      const failing = () => appendSummary(sampleReport(), { GITHUB_STEP_SUMMARY })
      expect(failing).toThrow(UsageError)
      expect(failing).toThrow('that is not a regular file')
    }
  })
})
