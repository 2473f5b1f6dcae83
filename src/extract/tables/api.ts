/** Everything one page says about its call, before anything is decided. */
import type { Call } from './call.ts'
import type { Example } from './examples.ts'
import { walk, type Direction, type Field } from './fields.ts'
import type { TableBlock } from './nesting.ts'
import type { Page } from '../page/page.ts'
import type { Prose } from './prose.ts'
import type { Statuses } from './statuses.ts'

export interface ApiPage {
  /** The sides whose body is a list of what their tables describe. */
  readonly lists: ReadonlySet<Direction>
  readonly page: Page
  readonly call: Call
  readonly fields: Readonly<Record<Direction, readonly Field[]>>
  readonly examples: readonly Example[]
  readonly statuses: Statuses
  readonly prose: readonly Prose[]
  /** Tables whose rows became fields. */
  readonly tables: ReadonlySet<TableBlock>
}

/** Every field of the page, outer before inner. */
export function allFields({ fields }: ApiPage): readonly Field[] {
  return Object.values(fields).flatMap((top) => [...walk(top)])
}

/** Whether a section says that there is nothing: `None`. */
export function saysNone({ blocks }: Page, kind: RegExp): boolean {
  return blocks.some(
    (block) =>
      block.kind === 'text' &&
      kind.test(block.section) &&
      /^none\.?$/i.test(block.lines[0]?.text ?? ''),
  )
}
