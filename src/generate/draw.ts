/** Values as people write them, drawn by a seed: the same seed draws the same values. */

import type { Faker } from '@faker-js/faker'

/** What cases are made of. */
export interface Draw {
  /** A few words, such as a person names or describes something with. */
  words(): string
  /** Text of exactly so many characters, ASCII, no blank at either end. */
  text(length: number): string
  /** A word in capital letters, like a member of an enumeration, that is none of these. */
  outsider(members: readonly string[]): string
  /** A whole number, neither nought nor one. */
  number(): number
}

/** Nothing drawn depends on the day it is drawn. */
const refDate = '2020-04-17T00:00:00.000Z'

/**
 * A draw of its own for each seed and purpose, so that one check's cases do not hang on which were
 * drawn before.
 *
 * @param purpose - The id of the requirement.
 */
export async function drawing(seed: number, purpose: string): Promise<Draw> {
  // Loaded when the first case is drawn: most commands draw none.
  const { faker } = await import('@faker-js/faker/locale/en')
  return drawFrom(faker, [seed, ...Buffer.from(purpose)])
}

function drawFrom(faker: Faker, seed: number[]): Draw {
  // One generator serves all; it is seeded for each value, since checks take turns.
  let drawn = 0
  const seeded = () => {
    faker.setDefaultRefDate(refDate)
    faker.seed([...seed, (drawn += 1)])
    return faker
  }
  const words = () => seeded().company.catchPhrase()
  return {
    words,
    text: (length) => lengthened(words, length),
    outsider: (members) => {
      const word = seeded()
        .word.noun({ length: { min: 5, max: 9 } })
        .toUpperCase()
      return members.includes(word) ? `${word}_2` : word
    },
    number: () => seeded().number.int({ min: 2, max: 9999 }),
  }
}

function lengthened(words: () => string, length: number): string {
  let text = words()
  while (text.length < length) text += ` ${words()}`
  return text.slice(0, length).replace(/^ | $/g, '.')
}
