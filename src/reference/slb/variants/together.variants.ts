/** The readings of this dialect, several on one server: any two of them meet. */

import { combined } from '../../all-pairs.ts'
import type { Variant } from '../../mutant.ts'
import type { SlbStore } from '../store.ts'
import { slbVariants } from './index.ts'

/** Answers to one question each: no server gives two of them. */
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

/** What gives an answer its form comes after what goes into it, the outermost at the end. */
const outermost = [
  'vserver-one-server-is-no-list',
  'vserver-wrapped',
  'default-xml-root-without-response',
  'error-root-named-after-action',
]

/** `vserver-as-printed` is several of the others already. */
const meant = slbVariants
  .filter(({ id }) => id !== 'vserver-as-printed')
  .toSorted((one, other) => outermost.indexOf(one.id) - outermost.indexOf(other.id))

export const slbTogether: readonly Variant<SlbStore>[] = combined(meant, exclusive)
