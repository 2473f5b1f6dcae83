import { extractCommand } from './index.ts'
const [, , ...a] = process.argv
const opt = (n: string) => {
  const i = a.indexOf(n)
  if (i < 0) return undefined
  return a.splice(i, 2)[1]
}
const out = opt('--out')
const check = opt('--check')
const j = a.indexOf('--json')
if (j >= 0) a.splice(j, 1)
process.exitCode = await extractCommand(
  a,
  { ...(out ? { out } : {}), ...(check ? { check } : {}), json: j >= 0 },
  { stdout: (t) => process.stdout.write(t), stderr: (t) => process.stderr.write(t) },
)
