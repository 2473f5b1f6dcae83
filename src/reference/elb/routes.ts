/** Which call a method and a path name. The effects define which calls exist. */

/** The call, or else the methods that the path does have: none when the path is unknown. */
export type Route =
  | { readonly key: string; readonly parameters: Readonly<Record<string, string>> }
  | { readonly allowed: readonly string[] }

export type Router = (method: string, path: string) => Route

interface Template {
  readonly key: string
  readonly method: string
  readonly segments: readonly string[]
}

/** @param keys - Each `METHOD /path/:parameter`. */
export function routerOf(keys: readonly string[]): Router {
  const templates = keys.map(templateOf)
  return (method, path) => {
    const segments = path.split('/')
    const fitting = templates.filter((template) => fits(template, segments))
    const meant = fitting.find((template) => template.method === method)
    if (!meant) return { allowed: fitting.map((template) => template.method) }
    return { key: meant.key, parameters: captured(meant, segments) }
  }
}

function templateOf(key: string): Template {
  const [method = '', path = ''] = key.split(' ')
  return { key, method, segments: path.split('/') }
}

function fits({ segments }: Template, actual: readonly string[]): boolean {
  const same = (expected: string, index: number): boolean =>
    expected.startsWith(':') ? actual[index] !== '' : actual[index] === expected
  return segments.length === actual.length && segments.every(same)
}

function captured(
  { segments }: Template,
  actual: readonly string[],
): Readonly<Record<string, string>> {
  const pairs = segments.map((name, index) => [name, actual[index] ?? ''] as const)
  const wanted = pairs.filter(([name]) => name.startsWith(':'))
  return Object.fromEntries(wanted.map(([name, value]) => [name.slice(1), decoded(value)]))
}

/** A segment with an invalid escape is kept as it is, and names no object. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
