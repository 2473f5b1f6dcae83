/** A report from which somebody took a verdict, with new counts and a new digest: `verify` knows what was asked. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderForTest } from '../documents/folder-for-test.ts'
import { conformanceJson } from '../report/conformance.ts'
import type { Report } from '../report/report.ts'
import { started } from './started-program.ts'

const limits: readonly (readonly [name: string, words: readonly string[]])[] = [
  ['a beginning', ['--only', 'elb/delete-pool/gone']],
  ['a pattern without a part', ['--only', 'slb/*/re*', '--skip', 'slb/*/removes-*']],
  ['a level', ['--only', 'elb/delete-pool', '--level', 'implied']],
  ['a shard', ['--only', 'elb/delete-pool/m', '--shard', '2/3']],
  ['a budget', ['--only', 'elb/delete-pool', '--budget', '300']],
]

function withoutOne(report: Report): { readonly report: Report; readonly id: string } {
  const at = report.findings.findIndex(({ verdict }) => verdict === 'pass')
  const findings = report.findings.toSpliced(at, 1)
  const counts = { ...report.counts, pass: report.counts.pass - 1 }
  return { report: { ...report, findings, counts }, id: report.findings[at]?.id ?? '' }
}

test.each(limits)('of a run limited to %s', async (_, words) => {
  const folder = folderForTest('left-out')
  await started(['run', '--report', 'out', '--quiet', ...words], { folder })
  const file = join(folder, 'out', 'conformance.json')
  const verified = () => started(['verify', 'out'], { folder })
  const honest = await verified()
  expect([honest.exitCode, honest.stdout]).toEqual([0, expect.stringContaining('digests match')])
  const whole = JSON.parse(readFileSync(file, 'utf8')) as Report
  const { report, id } = withoutOne(whole)
  writeFileSync(file, conformanceJson(report))
  const said = `■ ${report.targets[0]?.name} ${id} was asked, and the report has no verdict of it.`
  expect(await verified()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(said) })
  const [first] = whole.findings
  const findings = [...whole.findings, ...(first ? [first] : [])]
  const counts = { ...whole.counts, pass: whole.counts.pass + 1 }
  writeFileSync(file, conformanceJson({ ...whole, findings, counts }))
  const twice = `${first?.id} has more than one verdict.`
  expect(await verified()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(twice) })
})
