/** What Allure gets of a finished check. It shows descriptions as Markdown, and the rest as text. */

import type { RecordedExchange, Requirement } from '../model.ts'
import { exchangeLine } from './exchange-text.ts'
import { legibleJson } from './legible.ts'
import { code, plain } from './markdown.ts'

/** The requirement, its source, and one line for each exchange, as Markdown. */
export function allureDescription(
  { text, source }: Pick<Requirement, 'text' | 'source'>,
  exchanges: readonly RecordedExchange[],
): string {
  const lines = exchanges.map((exchange) => `- ${code(exchangeLine(exchange))}`).join('\n')
  return `${plain(text)}\n\nSource: ${plain(source)}\n\n${lines}`
}

/** The exchanges in full, as an attachment. */
export function allureAttachment(exchanges: readonly RecordedExchange[]): string {
  return legibleJson(exchanges)
}
