/** Lawful differences in how name and description are measured: the page says characters and does not define them. */

import { deciding, together, type Change, type Variant } from '../../../mutant.ts'
import { given, textOr } from '../../body.ts'
import { updatesOtherwise } from '../../changes.ts'
import { badRequest } from '../../refusals.ts'
import type { ElbStore } from '../../store.ts'

/** Measures both fields in a unit of its own, when they are updated. */
function measured(lengthOf: (text: string) => number): Change<ElbStore> {
  const fields = ['name', 'description'].map((field) =>
    deciding<ElbStore>(`elb/update-pool/request.pool.${field}.max-length`, (call) =>
      lengthOf(textOr(given(call, 'pool')[field], '')) > 255
        ? badRequest(`${field} is too long.`)
        : undefined,
    ),
  )
  return together(...fields)
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

export const lengthVariants: readonly Variant<ElbStore>[] = [
  {
    id: 'counts-bytes',
    allowedBy: 'The page does not say what a character is; columns are often measured in bytes.',
    change: measured((text) => Buffer.byteLength(text)),
  },
  {
    id: 'counts-utf-16',
    allowedBy: 'The page does not say what a character is; in many languages one is 16 bits.',
    change: measured((text) => text.length),
  },
  {
    id: 'counts-graphemes',
    allowedBy:
      'The page does not say what a character is; to a reader it is a letter with its marks.',
    change: measured((text) => [...letters.segment(text)].length),
  },
  {
    id: 'composes-and-counts-graphemes',
    allowedBy: 'No page says in which of its normal forms a text is stored (Unicode Annex 15).',
    change: together(
      measured((text) => [...letters.segment(text)].length),
      updatesOtherwise(({ pool }) => {
        pool.name = pool.name.normalize()
        pool.description = pool.description.normalize()
      }),
    ),
  },
]
