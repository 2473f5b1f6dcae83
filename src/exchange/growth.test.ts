import { expect, test } from 'vitest'
import { stages } from '../../bench/growing-stages.ts'
import { growth } from '../../bench/growth.ts'

/** `npm run bench:growth` measures the same with up to 10 MB. */
const all = stages.flatMap(({ name, work, makes }) =>
  Object.entries(makes).map(([text, make]) => ({ name, text, work, make })),
)

test.each(all)('$name takes linear time: $text', async ({ work, make }) => {
  expect(await growth(work, make)).toBeLessThan(10)
})
