/**
 * Faults in names and descriptions: the pages leave open which characters are accepted and what
 * happens to null, but no target may store something else, show what is not stored, or answer 5xx.
 */

import { together, type Change, type Mutant } from '../../../mutant.ts'
import { given, type Given } from '../../body.ts'
import {
  passes,
  poolOf,
  refusesBut,
  refusesUpdate,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import type { ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

const nameType = 'elb/update-pool/request.pool.name.type'

/** Alters every text that an update stores, and shows what was stored. */
function altering(alter: (text: string) => string): Change<ElbStore> {
  return updatesOtherwise(({ pool, sent }) => {
    if (typeof sent['name'] === 'string') pool.name = alter(sent['name'])
    if (typeof sent['description'] === 'string') pool.description = alter(sent['description'])
  })
}

/** The same, but the answer shows what was sent. */
function storing(alter: (text: string) => string): Change<ElbStore> {
  return storesOtherwise(({ pool }) => {
    pool.name = alter(pool.name)
    pool.description = alter(pool.description)
  })
}

function hasText(sent: Given, kind: RegExp): boolean {
  return [sent['name'], sent['description']].some(
    (text) => typeof text === 'string' && kind.test(text),
  )
}

const characters: readonly ElbMutant[] = [
  {
    id: 'texts-in-512-bytes',
    breaks: 'elb/update-pool/unit-of-length',
    story: 'The column holds 512 bytes, which nobody saw with letters of two.',
    mutate: refusesUpdate((sent) =>
      [sent['name'], sent['description']].some(
        (text) => typeof text === 'string' && Buffer.byteLength(text) > 512,
      ),
    ),
  },
  {
    id: 'folds-spaces',
    breaks: 'elb/update-pool/text-stored-as-sent',
    story: 'Texts are normalised: runs of white space become one space.',
    mutate: altering((text) => text.replaceAll(/\s+/g, ' ')),
  },
  ...(['name', 'description'] as const).map((field) => ({
    id: `cuts-blanks-off-the-beginning-of-a-${field}`,
    breaks: `elb/update-pool/blank-edges.${field}`,
    story:
      'The end was trimmed already, and the new rule for the beginning takes the first word along.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      const text = sent[field]
      if (typeof text === 'string' && text.startsWith(' ')) pool[field] = text.replace(/^ +\S*/, '')
    }),
  })),
  {
    id: 'escapes-quotes-twice',
    breaks: 'elb/update-pool/text-stored-as-sent',
    story: 'Quotes are escaped by hand for a statement that has placeholders.',
    mutate: storing((text) => text.replaceAll(/(['"])/g, String.raw`\$1`)),
  },
  {
    id: 'escapes-markup',
    breaks: 'elb/update-pool/text-stored-as-sent.markup',
    story: 'Escaped on the way in, although the console escapes on the way out.',
    mutate: altering((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
  },
  {
    id: 'strips-tags',
    breaks: 'elb/update-pool/text-stored-as-sent.markup',
    story: 'A sanitiser runs before the text is stored, but after the answer is made.',
    mutate: storing((text) => text.replaceAll(/<[^<>]*>/g, '')),
  },
  {
    id: 'fails-on-markup',
    breaks: 'elb/update-pool/text-stored-as-sent.markup',
    story: 'The firewall before the service cuts the connection to it.',
    mutate: refusesUpdate((sent) => hasText(sent, /</), 500),
  },
  {
    id: 'question-marks-for-scripts',
    breaks: 'elb/update-pool/text-stored-as-sent.scripts',
    story: 'The column is Latin-1, and every other character becomes a question mark.',
    mutate: storing((text) => text.replaceAll(/[\u{100}-\u{10FFFF}]/gu, '?')),
  },
  {
    id: 'fails-on-scripts',
    breaks: 'elb/update-pool/text-stored-as-sent.scripts',
    story:
      'The database refuses what its character set does not have, and the error is not caught.',
    mutate: refusesUpdate((sent) => hasText(sent, /[\u{100}-\u{10FFFF}]/u), 500),
  },
]

const lengths: readonly ElbMutant[] = [
  {
    id: 'cuts-names-at-255-bytes',
    breaks: 'elb/update-pool/name-length-in-characters',
    story: 'Characters are counted, bytes are stored, and the database truncates without an error.',
    mutate: storesOtherwise(({ pool }) => {
      pool.name = new TextDecoder().decode(Buffer.from(pool.name).subarray(0, 255), {
        stream: true,
      })
    }),
  },
  {
    id: 'fails-on-names-of-more-bytes',
    breaks: 'elb/update-pool/name-length-in-characters',
    story: 'Characters are counted, bytes are stored, and the error of the database is not caught.',
    mutate: refusesUpdate((sent) => {
      const { name } = sent
      return typeof name === 'string' && Buffer.byteLength(name) > 255
    }, 500),
  },
  {
    id: 'refuses-long-names-but-cuts-them',
    breaks: 'elb/update-pool/name-length-in-characters',
    story: 'A validator refuses a name that has already been truncated and stored.',
    mutate: refusesBut('elb/update-pool/request.pool.name.max-length', (call, store) => {
      const name = String(given(call, 'pool')['name']).slice(0, 255)
      Object.assign(poolOf(call, store) ?? {}, { name })
    }),
  },
  {
    id: 'refuses-long-names-but-changes-the-algorithm',
    breaks: 'elb/update-pool/name-length-in-characters',
    story: 'After an invalid name the pool is restored from a template, not from what was stored.',
    mutate: refusesBut('elb/update-pool/request.pool.name.max-length', (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { lb_algorithm: 'LEAST_CONNECTIONS' })
    }),
  },
]

function isNull(call: Parameters<typeof given>[0]): boolean {
  return given(call, 'pool')['name'] === null
}

const nulls: readonly ElbMutant[] = [
  {
    id: 'null-is-a-word',
    breaks: 'elb/update-pool/null-name',
    story: 'String(name): null is turned into text with everything else.',
    mutate: together(
      passes(nameType, isNull),
      updatesOtherwise(({ pool, sent }) => {
        if (sent['name'] === null) pool.name = 'null'
      }),
    ),
  },
  {
    id: 'fails-on-null-name',
    breaks: 'elb/update-pool/null-name',
    story: 'The column is NOT NULL, and the error of the database is not caught.',
    mutate: refusesUpdate((sent) => sent['name'] === null, 500),
  },
  {
    id: 'refuses-null-but-empties',
    breaks: 'elb/update-pool/null-name',
    story: 'Checked after the old name was overwritten.',
    mutate: refusesBut(nameType, (call, store) => {
      if (isNull(call)) Object.assign(poolOf(call, store) ?? {}, { name: '' })
    }),
  },
]

export const textMutants: readonly ElbMutant[] = [...characters, ...lengths, ...nulls]
