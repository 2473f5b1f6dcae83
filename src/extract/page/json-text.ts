/** JSON as pages print it: sometimes with single quotes, sometimes escaped for Markdown. */

export interface Jsonish {
  readonly value: unknown
  /** It is JSON only after its single quotes are made double. */
  readonly singleQuoted: boolean
}

/** Longer texts are not samples of a list. */
const LONGEST = 100_000
const DEEPEST = 100

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
    const value = JSON.parse(text) as unknown
    return isDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}

/** Nested deeper than any example is, so that whatever walks into values comes back. */
export function isDeep(value: unknown): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue
    if (next.depth > DEEPEST) return true
    for (const inner of Object.values(next.value))
      open.push({ value: inner, depth: next.depth + 1 })
  }
  return false
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
