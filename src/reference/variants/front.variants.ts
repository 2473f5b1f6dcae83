/** Lawful differences in the form of answers, and answers of a server that is busy for a while. */

import { editingObjects, respelling, respellingJson, temporarilyBusy } from '../delivery.ts'
import type { DeliveryVariant } from '../delivery.ts'
import { isRead, type RawResponse } from '../server.ts'

const spelling: readonly DeliveryVariant[] = [
  {
    id: 'json-indented',
    allowedBy: 'RFC 8259, 2: white space around tokens means nothing.',
    front: respellingJson((body) => `\n${JSON.stringify(body, null, 4)}\n`),
  },
  {
    id: 'json-in-ascii',
    allowedBy: 'RFC 8259, 7: any character may be escaped.',
    front: respellingJson((body) => inAscii(JSON.stringify(body))),
  },
  {
    id: 'keys-in-another-order',
    allowedBy: 'RFC 8259, 4: the members of an object have no order.',
    front: editingObjects((object) => Object.fromEntries(Object.entries(object).toReversed())),
  },
  {
    id: 'more-fields-everywhere',
    allowedBy: 'No page says that a table of its response is complete.',
    front: editingObjects((object) => ({ ...object, 'x-trace': { span: [1, null] }, etag: '"1"' })),
  },
  {
    id: 'headers-in-upper-case',
    allowedBy: 'RFC 9110, 5.1: the name of a header has no case.',
    front: respelling(({ headers, ...response }) => ({
      ...response,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
      ),
    })),
  },
  {
    id: 'more-headers',
    allowedBy: 'No page says anything about headers in an answer.',
    front: respelling(({ headers, ...response }) => ({
      ...response,
      headers: { Server: 'api-gateway', Vary: '*', 'Strict-Transport-Security': '0', ...headers },
    })),
  },
]

/** Every ASCII character stays; any other is escaped, and so is the slash. */
function inAscii(json: string): string {
  return json.replaceAll(/[^\u0020-\u007E]|\//g, (character) =>
    character === '/'
      ? String.raw`\/`
      : `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  )
}

const page = '<!doctype html><html><title>Service unavailable</title><p>Try again later.</html>'

const busy: readonly DeliveryVariant[] = [
  {
    id: 'bursts-of-429',
    allowedBy: 'RFC 6585, 4: any caller may be told to slow down.',
    front: temporarilyBusy(3, answered(429, 'application/json', '{}')),
  },
  {
    id: 'bursts-of-503',
    allowedBy: 'RFC 9110, 15.6.4: a server may be overloaded for a while.',
    front: temporarilyBusy(3, answered(503, 'application/json', '')),
  },
  {
    id: 'bursts-of-web-pages',
    allowedBy: 'A gateway answers in HTML when the service behind it is unavailable.',
    front: temporarilyBusy(2, answered(503, 'text/html', page)),
  },
  {
    id: 'reads-time-out-at-the-gateway',
    allowedBy: 'RFC 9110, 15.6.5: a gateway may have got no answer in time.',
    front: temporarilyBusy(2, answered(504, 'text/plain', 'timeout'), isRead),
  },
]

function answered(status: number, type: string, body: string): RawResponse {
  return { status, headers: { 'content-type': type }, body }
}

export const frontVariants: readonly DeliveryVariant[] = [...spelling, ...busy]
