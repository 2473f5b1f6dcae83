/** A file of waivers, as `poolproof baseline` writes it. */

import { UsageError } from '../model.ts'
import { limitedText } from '../documents/limited-file.ts'
import { valueOf } from '../documents/read-text.ts'
import { problems, shownPath } from '../documents/schema.ts'
import type { Waiver } from '../target.ts'

/**
 * The waivers of a file.
 *
 * @param file - JSON, with comments or without, or YAML: `{ "waivers": […] }`.
 * @throws {UsageError} When it cannot be read, or is not a file of waivers.
 */
export async function readWaivers(file: string): Promise<readonly Waiver[]> {
  const text = await limitedText(file).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof UsageError) throw error
    throw new UsageError(
      `The file of waivers ${file} cannot be read (${error.code ?? error.message}).`,
    )
  })
  const document = valueOf(text, file)
  const found = problems('waivers.schema.json', document)
  if (found.length > 0) {
    const places = found.map((problem) => `  ${problem}`).join('\n')
    throw new UsageError(
      `${file} is not a file of waivers:\n${places}\nSee ${shownPath('schemas/waivers.schema.json')}; poolproof baseline writes such files.`,
    )
  }
  return (document as { readonly waivers: readonly Waiver[] }).waivers
}
