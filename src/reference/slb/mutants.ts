import type { Mutant } from '../mutant.ts'
import type { SlbStore } from './store.ts'

export const slbMutants: readonly Mutant<SlbStore>[] = []
