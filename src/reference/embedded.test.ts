import { expect, test } from 'vitest'
import { spellingsOf } from '../exchange/spellings.ts'
import { referenceEnvironment } from './embedded.ts'

/** So many hexadecimal digits are not met by chance. */
const tooMany = 12

/** Parts that are looked for, and that an id could hold by chance: few hexadecimal digits in a row. */
function partsOfIds(secret: string): string[] {
  return spellingsOf(secret).flatMap(({ codes, least }) => {
    if (least >= tooMany) return []
    const runs = String.fromCodePoint(...codes).match(/[0-9a-f]+/g) ?? []
    return runs.filter((run) => run.length >= least)
  })
}

test.each(Object.entries(referenceEnvironment))(
  'no id of the reference, which are random, is masked by chance because of %s',
  (_name, secret) => {
    expect(partsOfIds(secret)).toEqual([])
  },
)

test('an id could hold a part of other secrets', () => {
  expect(partsOfIds('tQ7xW2mVzB4nLk9R')).toContain('dfe3efc')
})
