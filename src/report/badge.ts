/** A badge for a README: the result of a run in a few words, as SVG that loads nothing. */

import { escaped } from './html-text.ts'
import type { Conclusion, Report } from './report.ts'
import { verdicts } from './wording.ts'

const colours: Readonly<Record<Conclusion, string>> = {
  conformant: '#1f6a3c',
  partial: '#5d3f92',
  undecided: '#7d4e00',
  failed: '#a3190f',
}

/** Units of the picture for one character of its font, on average. */
const perCharacter = 6.6
const height = 20

/** `poolproof | 411 of 412 kept`, in the colour of the conclusion. */
export function badgeSvg(report: Report): string {
  const left = 'poolproof'
  const right = wordsOf(report)
  const [from, to] = [left, right].map((text) => Math.round(text.length * perCharacter) + 12) as [
    number,
    number,
  ]
  const title = escaped(`${left}: ${right}`)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${from + to}" height="${height}" role="img" aria-label="${title}">
<title>${title}</title>
<rect width="${from + to}" height="${height}" rx="3" fill="#3a3732"/>
<path d="M${from} 0h${to - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${from}z" fill="${colours[report.conclusion]}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="${from / 2}" y="14">${escaped(left)}</text>
<text x="${from + to / 2}" y="14">${escaped(right)}</text>
</g>
</svg>
`
}

function wordsOf({ notAsked, counts, conclusion }: Report): string {
  if (notAsked !== undefined) return 'nothing asked'
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0)
  if (conclusion === 'failed') return `${counts.fail} of ${all} broken`
  return `${counts.pass} of ${all} kept`
}
