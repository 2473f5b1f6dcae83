/** Who answered connections through the load balancer, over time: a small picture, and the numbers beside it. */

import type { TrafficRecord } from '../model.ts'
import { html, type Markup } from './html-text.ts'
import type { Finding } from './report.ts'

const [width, left, row, top] = [640, 72, 14, 18]

/** One picture for each way that the check took; nothing where it sent no traffic. */
export function trafficPictures({ traffic = [] }: Finding): Markup | undefined {
  const seen = traffic.filter(({ samples }) => samples.length > 0)
  if (seen.length === 0) return undefined
  return html`${seen.map((record) => picture(record))}`
}

function picture(record: TrafficRecord): Markup {
  const { protocol, servers, samples, events } = record
  const rows = samples.some(({ server }) => server === 0) ? servers + 1 : servers
  const most = Math.max(1, ...samples.map(({ at }) => at), ...events.map(({ at }) => at))
  const x = (at: number) => Math.round(left + (at / most) * (width - left - 8))
  const y = (server: number) => top + row * (server === 0 ? servers : server - 1) + row / 2
  const height = top + row * rows + 4
  const spoken = events.map(({ what }) => what).join(', ')
  return html`<figure class="traffic">
    <svg
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
      role="img"
      aria-label="Who answered ${samples.length} times over ${protocol}, in ${most} ms. ${spoken}"
    >
      ${Array.from(
        { length: rows },
        (_, index) =>
          html`<text x="0" y="${top + row * index + row / 2 + 4}" font-size="11" fill="currentColor"
            >${index === servers ? 'nobody' : `server ${index + 1}`}</text
          >`,
      )}
      ${events.map(
        ({ at }, index) =>
          html`<line
              x1="${x(at)}"
              x2="${x(at)}"
              y1="${top - 4}"
              y2="${height}"
              stroke="currentColor"
              stroke-dasharray="3 2"
            /><text
              x="${x(at)}"
              y="${top - 6}"
              font-size="10"
              text-anchor="middle"
              fill="currentColor"
              >${index + 1}</text
            >`,
      )}
      ${[...new Set(samples.map(({ at, server }) => `${x(at)} ${y(server)}`))].map((place) => {
        const [cx = '', cy = ''] = place.split(' ')
        return html`<circle cx="${cx}" cy="${cy}" r="2.5" fill="currentColor" />`
      })}
    </svg>
    <figcaption>${phases(record)}</figcaption>
  </figure>`
}

/** How often each server answered, before and after each thing that was done. */
function phases({ samples, servers, events }: TrafficRecord): Markup {
  const from = [0, ...events.map(({ at }) => at)]
  const words = ['at first', ...events.map(({ what }, index) => `${index + 1}: ${what}`)]
  const rows = from.map((start, index) => {
    const end = from[index + 1] ?? Infinity
    const some = samples.filter(({ at }) => at >= start && at < end)
    const counts = Array.from({ length: servers }, (_, server) =>
      String(some.filter((one) => one.server === server + 1).length),
    )
    const nobody = some.filter(({ server }) => server === 0).length
    const others = nobody > 0 ? `, nobody ${nobody}` : ''
    const named = counts.map((count, server) => `server ${server + 1} ${count}`).join(', ')
    return html`<li>${words[index] ?? ''}: ${named}${others}</li>`
  })
  return html`Answers:
    <ul>
      ${rows}
    </ul>`
}
