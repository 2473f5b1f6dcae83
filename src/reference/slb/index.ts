/** The reference server of the `slb` dialect, with its faults and its lawful differences. */

export { slbBehaviour } from './behaviour.ts'
export {
  referenceAccounts,
  referenceRegion,
  referenceRegions,
  referenceServers,
  referenceTemporaryKey,
} from './given.ts'
export { slbMutants } from './mutants/index.ts'
export { slbReference, type SlbReferenceOptions } from './reference.ts'
export type { SlbStore } from './store.ts'
export { slbVariants } from './variants/index.ts'
