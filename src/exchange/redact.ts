/** Removes secrets from a text, in every spelling in which a target could echo them. */

import { eachPart, PartIndex } from './part-index.ts'
import { unescaped, type View } from './escapes.ts'
import { normal, type Form } from './normal-form.ts'
import {
  fewestMasked,
  signatureItself,
  spellingsOf,
  spellingsOfSignature,
  type Spelling,
} from './spellings.ts'

/** Replaces all secrets in a text by `[redacted]`. */
export type Redact = (text: string) => string

const mask = '[redacted]'

/**
 * A function that masks every run of six characters of the given secrets, in linear time.
 *
 * Escapes are undone first, up to three levels of them; case, blanks, invisible characters and separators do
 * not count. `spellingsOf` lists the encodings.
 *
 * @param secrets - Values, not names. A value of fewer than four characters is ignored: masking it
 *   would damage every text and hide nothing; one of four or five is masked as a whole.
 */
export function redacting(secrets: readonly string[]): Redact {
  return learning(secrets).redact
}

/** The same for secrets that become known later. */
export interface Learning {
  readonly redact: Redact
  /** Masks this secret from now on, such as a token that was fetched. */
  learn(secret: string): void
  /** Masks this signature from now on: every run of sixteen characters. */
  learnSignature(signature: string): void
}

export function learning(secrets: readonly string[]): Learning {
  const credentials = noParts()
  const signatures = noParts()
  let recent = noParts()
  let beforeThose = noParts()
  let count = 0
  const learn = (secret: string) => {
    if (secret.length >= fewestMasked) add(credentials, spellingsOf(secret))
  }
  secrets.forEach(learn)
  return {
    learn,
    learnSignature(signature) {
      if ((count += 1) % signaturesInMemory === 0) {
        beforeThose = recent
        recent = noParts()
      }
      add(signatures, signatureItself(signature))
      add(recent, spellingsOfSignature(signature))
    },
    redact: (text) => redact(text, [credentials, signatures, recent, beforeThose]),
  }
}

/** Of at least so many signatures all spellings are known: more than requests are on their way at once. */
const signaturesInMemory = 64

type Indexes = Readonly<Record<Form, PartIndex>>

function noParts(): Indexes {
  return { visible: new PartIndex(), alphanumeric: new PartIndex() }
}

function add(to: Indexes, spellings: readonly Spelling[]): void {
  for (const { form, codes, least, step } of spellings) to[form].add(codes, least, step)
}

/** Escapes within escapes are undone so many times. */
const mostLevels = 3

function redact(text: string, known: readonly Indexes[]): string {
  if (text.length < fewestMasked) return text
  const regions = new Regions()
  let view: string | View | undefined = text
  for (let level = 0; view !== undefined && level <= mostLevels; level += 1) {
    findIn(view, 'visible', known, regions)
    findIn(view, 'alphanumeric', known, regions)
    view = unescaped(view)
  }
  return regions.masked(text)
}

function findIn(
  view: string | View,
  form: Form,
  known: readonly Indexes[],
  regions: Regions,
): void {
  const indexes = known.map((one) => one[form]).filter((index) => !index.isEmpty)
  if (indexes.length === 0) return
  const { codes, places, length } = normal(view, form)
  const found = (from: number, to: number) => {
    const [first, last] = [places[from]!, places[to - 1]!]
    if (typeof view === 'string') regions.add(first, last + 1)
    else regions.add(view.starts[first]!, view.ends[last]!)
  }
  eachPart(indexes, codes, length, found)
}

/** Where secrets are in a text. */
class Regions {
  readonly #all: { readonly from: number; to: number }[] = []

  /** Most come in order, and each overlaps the one before. */
  add(from: number, to: number): void {
    const last = this.#all.at(-1)
    if (last && from >= last.from && from <= last.to) last.to = Math.max(last.to, to)
    else this.#all.push({ from, to })
  }

  masked(text: string): string {
    if (this.#all.length === 0) return text
    const parts: string[] = []
    let done = -1
    for (const { from, to } of this.#all.toSorted((one, other) => one.from - other.from)) {
      if (from > done) parts.push(text.slice(Math.max(done, 0), from), mask)
      done = Math.max(done, to)
    }
    return parts.join('') + text.slice(done)
  }
}
