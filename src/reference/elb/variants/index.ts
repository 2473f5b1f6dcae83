/** Every lawful difference from the `elb` reference. Nothing may fail on any of them. */

import type { Variant } from '../../mutant.ts'
import { deletePoolVariants } from './delete-pool/delete-pool.variants.ts'
import { removeMemberVariants } from './remove-member/remove-member.variants.ts'
import type { ElbStore } from '../store.ts'
import { lengthVariants } from './update-pool/length.variants.ts'
import { updatePoolVariants } from './update-pool/update-pool.variants.ts'
import { viewVariants } from './view.variants.ts'

export const elbVariants: readonly Variant<ElbStore>[] = [
  ...updatePoolVariants,
  ...lengthVariants,
  ...deletePoolVariants,
  ...removeMemberVariants,
  ...viewVariants,
]
