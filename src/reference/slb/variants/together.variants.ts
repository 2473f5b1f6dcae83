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
  ['vserver-missing-server-id-ignored', 'vserver-missing-server-id-is-every-server'],
  ['vserver-number-port-refused', 'vserver-number-port-is-a-stranger'],
  ['vserver-one-server-is-no-list', 'vserver-flat-list'],
  ['vserver-empty-list-is-null', 'vserver-empty-list-is-an-empty-object'],
  ['default-empty-list-is-null', 'default-empty-list-is-an-empty-object'],
  ['default-other-type-is-a-stranger', 'default-other-type-refused'],
  ['default-unknown-key-refused', 'default-unknown-key-ignored'],
  ['default-strangers-do-not-count', 'default-too-many-strangers-fail-silently'],
  ['groups-not-listed', 'groups-listed-to-other-users', 'deleted-groups-listed-once-more'],
  [
    'errors-without-request-id',
    'errors-in-lower-case-keys',
    'errors-as-text',
    'error-root-named-after-action',
  ],
  ['text-plain', 'application-xml', 'media-type-without-charset'],
  ['request-id-in-lower-case', 'request-id-without-dashes', 'request-id-of-a-trace'],
  [
    'vserver-extra-fields-refused',
    'vserver-other-weight-is-a-stranger',
    'vserver-other-type-is-a-stranger',
  ],
]

/** Changes to the form of an answer are made after changes to its content; the outermost is the last. */
const outermost = [
  'vserver-empty-list-is-null',
  'default-empty-list-is-null',
  'vserver-flat-list',
  'default-flat-list',
  'vserver-empty-list-is-an-empty-object',
  'default-empty-list-is-an-empty-object',
  'vserver-one-server-is-no-list',
  'vserver-wrapped',
  'default-xml-root-without-response',
  'errors-in-lower-case-keys',
  'errors-as-text',
  'error-root-named-after-action',
  'action-in-any-case',
]

/**
 * Without `vserver-as-printed`, which combines several of the others, and the one on which some questions cannot be
 * put: they would be asked of many others alone.
 */
const combinable = slbVariants
  .filter(({ id }) => id !== 'vserver-as-printed' && id !== 'network-interfaces-refused')
  .toSorted((one, other) => outermost.indexOf(one.id) - outermost.indexOf(other.id))

export const slbTogether: readonly Variant<SlbStore>[] = combined(combinable, exclusive)
