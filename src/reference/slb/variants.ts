import type { Variant } from '../mutant.ts'
import type { SlbStore } from './store.ts'

export const slbVariants: readonly Variant<SlbStore>[] = []
