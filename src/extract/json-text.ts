/** JSON as pages print it: sometimes with single quotes, sometimes escaped for Markdown. */

export interface Jsonish {
  readonly value: unknown
  /** It is JSON only after its single quotes are made double. */
  readonly singleQuoted: boolean
}

/** Longer texts are no sample of a list. */
const LONGEST = 100_000

/**
 * Reads an object or list.
 *
 * @returns `undefined` for anything else, also for bare numbers and strings: these need no JSON.
 */
export function parseJsonish(text: string): Jsonish | undefined {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed) || trimmed.length > LONGEST) return undefined
  const strict = parse(trimmed)
  if (strict !== undefined) return { value: strict, singleQuoted: false }
  const loose = trimmed.includes('"') ? undefined : parse(trimmed.replaceAll("'", '"'))
  return loose === undefined ? undefined : { value: loose, singleQuoted: true }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
