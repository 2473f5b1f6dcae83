import { readFileSync } from 'node:fs'
import { readApiPage } from './api-page.ts'
import { draft } from './document.ts'
import { openPage } from './open-page.ts'
for (const f of process.argv.slice(2)) {
  const { api, findings } = readApiPage(openPage(readFileSync(f)))
  const d = draft(api, findings, [])
  console.log(JSON.stringify(d.document, (k, v) => k === 'x-source' || k === '$schema' ? undefined : v))
  for (const x of d.findings) console.log('   ', x.id.split('/').slice(2).join('/'), '|', x.says)
  console.log(JSON.stringify(d.ledger.entries.filter(e => e.account === 'unread')))
}
