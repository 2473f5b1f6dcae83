/** Which field a condition means: one beside it, or beside an object that it stands in. */
import type { Field } from './fields.ts'

/** A field, and the fields from the level where it stands down to the one that has the condition. */
export interface Subject {
  readonly field: Field
  /** The fields of its level, as an array that is the same for all of them. */
  readonly level: readonly Field[]
  /** Objects and lists that lie between that level and the field with the condition. */
  readonly holders: readonly Field[]
}

interface Scope {
  readonly level: readonly Field[]
  /** The field whose inside the level is. */
  readonly container: Field | undefined
  /** The field of that level in which the next inner level stands. */
  readonly holder: Field | undefined
}

export class Subjects {
  /** For each field, the levels that a condition of it can mean: its own first. */
  readonly #scopes = new Map<Field, readonly Scope[]>()

  constructor(fields: readonly Field[]) {
    this.#visit(fields, [], undefined)
  }

  /** @param subject - As a condition has it: `type`, `sticky session type`; `value` is the field itself. */
  of(subject: string, field: Field): Subject | undefined {
    const scopes = this.#scopes.get(field) ?? []
    const holders: Field[] = []
    for (const { level, holder, container } of scopes) {
      if (holder) holders.unshift(holder)
      const found =
        subject === 'value' ? field : (named(subject, level) ?? owned(subject, level, container))
      if (found) return { field: found, level, holders }
    }
    return undefined
  }

  #visit(level: readonly Field[], outer: readonly Scope[], container: Field | undefined): void {
    const own = { level, container }
    const scopes = [{ ...own, holder: undefined }, ...outer]
    for (const field of level) {
      this.#scopes.set(field, scopes)
      this.#visit(field.children, [{ ...own, holder: field }, ...outer], field)
    }
  }
}

/** By name, or because its row describes it in the same words. */
function named(subject: string, level: readonly Field[]): Field | undefined {
  return (
    level.find(({ name }) => name.toLowerCase() === subject) ??
    level.find(({ name }) => name.toLowerCase().replaceAll('_', ' ') === subject) ??
    level.find((field) => isDescribedAs(subject, field))
  )
}

/** `pool protocol` is `protocol` inside `pool`, or inside whatever is described as the pool. */
function owned(
  subject: string,
  level: readonly Field[],
  container: Field | undefined,
): Field | undefined {
  if (!container) return undefined
  return level.find(({ name }) => {
    const tail = ` ${name.toLowerCase()}`
    if (!subject.endsWith(tail)) return false
    const owner = subject.slice(0, -tail.length)
    return container.name.toLowerCase() === owner || isDescribedAs(owner, container)
  })
}

function isDescribedAs(subject: string, { text }: Field): boolean {
  return text.toLowerCase().startsWith(`specifies the ${subject}.`)
}
