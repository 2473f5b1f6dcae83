import { readFileSync } from 'node:fs'
import { openPage } from './open-page.ts'
for (const f of process.argv.slice(2)) {
  const p = openPage(readFileSync(f))
  console.log('==', p.shape, p.title, p.sha256.slice(0,8))
  const covered = new Set<number>()
  for (const b of p.blocks) { for (let i=b.from;i<=b.to;i++) covered.add(i)
    if (process.env.V) console.log(b.from, b.to, b.section, b.kind, b.kind==='table'? JSON.stringify({...b.table, rows: b.table.rows.map(r=>r.map(c=>c.lines.map(l=>l.depth+l.text.slice(0,60)+(l.note?'!':''))))}) : b.kind==='text'? b.lines[0]!.text.slice(0,60): b.kind==='heading'? b.text : '') }
  p.lines.forEach((l,i)=>{ if (l.trim() && !covered.has(i+1)) console.log('UNCOVERED', i+1, l.slice(0,80)) })
}
