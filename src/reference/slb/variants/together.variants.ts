/** Servers with several readings of this dialect at once, so that every two readings occur together. */

import { combined } from '../../all-pairs.ts'
import type { Variant } from '../../mutant.ts'
import type { SlbStore } from '../store.ts'
import { slbVariants } from './index.ts'

/** Readings that exclude each other, in groups. */
const exclusive = [
  ['vserver-missing-port-ignored', 'vserver-missing-port-is-every-port'],
  [
    'system-busy-now-and-then',
    'system-busy-as-449',
    'throttling-now-and-then',
    'service-unavailable-now-and-then',
  ],
  ['vserver-extra-fields-refused', 'vserver-other-weight-is-a-stranger'],
]

/** Changes to the form of an answer are made after changes to its content; the outermost is the last. */
const outermost = [
  'vserver-one-server-is-no-list',
  'vserver-wrapped',
  'default-xml-root-without-response',
  'error-root-named-after-action',
]

/** Without `vserver-as-printed`, which combines several of the others. */
const combinable = slbVariants
  .filter(({ id }) => id !== 'vserver-as-printed')
  .toSorted((one, other) => outermost.indexOf(one.id) - outermost.indexOf(other.id))

export const slbTogether: readonly Variant<SlbStore>[] = combined(combinable, exclusive)
