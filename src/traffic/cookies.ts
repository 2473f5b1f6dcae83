/** The cookies of one client, kept and sent as a browser would on a single path. */

/** A jar without cookies. */
export class Cookies {
  readonly #values = new Map<string, string>()

  /** Takes the `Set-Cookie` lines of an answer; one that has expired removes its cookie. */
  take(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      if (at <= 0) continue
      const name = pair.slice(0, at).trim()
      if (isOver(attributes)) this.#values.delete(name)
      else this.#values.set(name, pair.slice(at + 1).trim())
    }
  }

  /** The value of the `Cookie` header; empty without cookies. */
  get header(): string {
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Forgets all but one. */
  keepOnly(name: string): void {
    for (const other of this.names) if (other !== name) this.#values.delete(other)
  }

  get names(): readonly string[] {
    return [...this.#values.keys()]
  }
}

/** The clocks of this machine and of a load balancer differ by less. */
const mostClockSkew = 86_400_000

/**
 * A date is over once a day has passed since: where a clock is wrong, a cookie that lasts for an hour would seem to be
 * removed by the answer that sets it. Cookies that are removed get a date that was long ago, or an age of 0.
 *
 * @see RFC 6265, 5.2.1 and 5.2.2: Max-Age counts before Expires.
 */
function isOver(attributes: readonly string[], now = Date.now()): boolean {
  const named = new Map(
    attributes.map((attribute) => {
      const [name = '', value = ''] = attribute.split('=', 2)
      return [name.trim().toLowerCase(), value.trim()]
    }),
  )
  const age = named.get('max-age')
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0
  const date = Date.parse(named.get('expires') ?? '')
  return !Number.isNaN(date) && date + mostClockSkew <= now
}
