/** Lawful differences in what null means where a field is optional: the page says so of one field only. */

import type { Variant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import { misreading } from '../../changes.ts'
import type { ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

/** What a pool has that was created without the field. */
const defaults = {
  name: '',
  description: '',
  lb_algorithm: 'ROUND_ROBIN',
  admin_state_up: true,
}

export const nullVariants: readonly Variant<ElbStore>[] = Object.entries(defaults).map(
  ([field, value]) => ({
    id: `null-resets-${field.replaceAll('_', '-')}`,
    allowedBy: `The page does not say what null means for ${field}: here it is the default.`,
    change: misreading(updatePool, (call) => {
      const sent = given(call, 'pool')
      return sent[field] === null ? { body: { pool: { ...sent, [field]: value } } } : {}
    }),
  }),
)
