/** The names of the formats of a report, for the command line. */

/** Each with the file or directory that it writes into the report directory. `conformance.json` is always written. */
export const formatFiles = {
  html: 'index.html',
  junit: 'junit.xml',
  markdown: 'summary.md',
  allure: 'allure-results/',
  sarif: 'results.sarif',
  ctrf: 'ctrf.json',
  gitlab: 'gl-code-quality-report.json',
  har: 'evidence.har',
  badge: 'badge.svg',
} as const satisfies Readonly<Record<string, string>>

/** `github` is printed: it writes no file. */
export type FormatName = keyof typeof formatFiles | 'github'

/** Every format, in the order in which the files are written. */
export const formatNames = [...Object.keys(formatFiles), 'github'] as readonly FormatName[]

/** What is written unless something else is asked for. */
export const defaultFormats: readonly FormatName[] = ['html', 'junit', 'markdown', 'allure']

/** The formats that were named; `default` stands for those of every run. */
export function formatsNamed(names: readonly string[]): readonly FormatName[] {
  if (names.length === 0) return defaultFormats
  const named = new Set(
    names.flatMap((name): readonly string[] => (name === 'default' ? defaultFormats : [name])),
  )
  return formatNames.filter((name) => named.has(name))
}
