/** The reference of the `elb` dialect, its faults and its lawful differences. */

export { elbBehaviour } from './behaviour.ts'
export { errorShapes, type ErrorShape } from './error-shapes.ts'
export { elbMutants } from './mutants/index.ts'
export { elbReference, referenceProjects, type ElbReferenceOptions } from './reference.ts'
export type { ElbStore } from './store.ts'
export { elbVariants } from './variants/index.ts'
