import { readFileSync } from 'node:fs'
import { readApiPage } from './api-page.ts'
import { openPage } from './open-page.ts'
import { walk } from './fields.ts'
for (const f of process.argv.slice(2)) {
  try {
  const { api, findings } = readApiPage(openPage(readFileSync(f)))
  console.log('\n=====', api.page.shape, api.page.title, api.call)
  for (const [d, fs] of Object.entries(api.fields)) for (const x of walk(fs)) {
    const { counts, conditions, inner, unread, doubts, ...rest } = x.facts
    console.log(x.at, x.mandatory, x.typeText, JSON.stringify(rest), JSON.stringify(conditions), inner.map(i=>i.name+JSON.stringify({...i.facts,counts:0})).join('\n      '))
    for (const u of unread) console.log('   UNREAD', u.text.slice(0,200))
  }
  if (!process.env.NOF) for (const x of findings) console.log('  F', x.id, '|', x.says)
  if (process.env.P) for (const x of api.prose) console.log('  P', x.at, x.text.slice(0,60))
  console.log(api.statuses, api.examples.map(e=>e.name+' '+e.format+' '+(e.trouble??'')).join(', '))
  } catch (e) { console.log(f, e) }
}
