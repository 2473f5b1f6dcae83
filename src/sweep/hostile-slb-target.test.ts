import { test } from 'vitest'
import { losesNothing } from '../../bench/hostile-draws.ts'

test(
  'slb: a target that calls foreign objects ours loses nothing, 1,000 times',
  { timeout: 600_000 },
  () => losesNothing('slb', 1_000),
)
