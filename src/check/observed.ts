/** What came of things outside of the API, such as connections through a load balancer: written down, so that a replay has it. */

import { Unarranged } from '../model.ts'

/** As it is written down: a value, or why there is none. */
type Written =
  | { readonly value: unknown }
  /** The code of a network error. */
  | { readonly code: string }
  /** The sentence of an `Unarranged`. */
  | { readonly unarranged: string }

/** The observations of one asking, in the order in which they were begun. */
export class Observed {
  readonly #written: string[] = []
  readonly #before: readonly unknown[] | undefined
  #next = 0

  /** @param before - Those of an earlier asking: then nothing is done any more. */
  constructor(before?: readonly unknown[]) {
    this.#before = before
  }

  get written(): readonly string[] {
    return this.#written
  }

  /**
   * @param make - What it returns or throws is plain data: a value of JSON, an error with a code, or an `Unarranged`.
   * @param redact - Masks secrets in what is written down: cookies come from the load balancer.
   * @throws {Unarranged} Also where an earlier asking has not observed as much.
   */
  async observe<Value>(
    make: () => Promise<Value>,
    redact: (text: string) => string = (text) => text,
  ): Promise<Value> {
    const place = this.#next
    this.#next += 1
    if (this.#before) return asItWas(this.#before[place]) as Value
    // What is not known when the asking ends was not waited for.
    this.#written[place] = ''
    try {
      const value = await make()
      this.#written[place] = redact(JSON.stringify({ value }))
      return value
    } catch (error) {
      this.#written[place] = redact(JSON.stringify(writtenError(error)))
      throw error
    }
  }
}

function writtenError(error: unknown): Written {
  if (error instanceof Unarranged) return { unarranged: error.message }
  const { code, name } = error as NodeJS.ErrnoException
  return { code: code ?? name }
}

function asItWas(text: unknown): unknown {
  const written = readWritten(text)
  if ('value' in written) return written.value
  if ('unarranged' in written) throw new Unarranged(written.unarranged)
  throw Object.assign(new Error(written.code), { code: written.code })
}

function readWritten(text: unknown): Written {
  try {
    const written = JSON.parse(String(text)) as Written | null
    if (typeof written === 'object' && written !== null) return written
  } catch {
    // Said below.
  }
  return { unarranged: 'What was observed then is not in the evidence.' }
}
