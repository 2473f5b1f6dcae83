/** What the engine of generated row checks has to be told of an operation, beyond its schema. */

import type { Exchange, Feature } from '../../model.ts'

export type Fields = Readonly<Record<string, unknown>>

/**
 * How to ask one operation.
 *
 * A request is an object as the schema of the operation has it: `{ pool: { name: … } }`, or the parameters of a call
 * by name. What the schema describes as JSON in a text is a list or an object in it, and `send` writes it.
 */
export interface Recipe<Ground = never, Place = unknown> {
  /**
   * Makes what must be there before. Called for each request that is to be accepted, and once for all that are not.
   *
   * @param path - Of the field in question; empty for the whole request.
   */
  arrange(ground: Ground, path: string): Promise<Place>
  /** A request that is accepted: every mandatory field, and what its object is recognised by. */
  valid(ground: Ground, place: Place): Fields
  /** Sends it, as the question, and sees to it that what it creates is removed after the check. */
  send(ground: Ground, place: Place, request: unknown): Promise<Exchange>
  /** What a look shows after an accepted request, in the form of a request. */
  shown(ground: Ground, place: Place, answered: Exchange): Promise<unknown>
  /** Everything that a refused request could have changed. */
  survey(ground: Ground, place: Place): Promise<unknown>
  /** A value that is accepted, by the path of its field (`pool.listener_id`), where the schema says too little for one. */
  samples?(ground: Ground, place: Place): Fields
  /** What else a request needs so that a field can have a value; `when`: what the condition in question sets. */
  beside?(path: string, value: unknown, when: Fields, place: Place): Fields
  /** A text of the same length in a form that the field takes. */
  text?(path: string, drawn: string): string
  /** Further values, by path, that are to be refused: what services of the same family offer besides. */
  readonly neighbours?: Readonly<Record<string, readonly string[]>>
  /** A list of so many elements, different from each other, for rows about how many there may be. */
  elements?(ground: Ground, place: Place, many: number): readonly unknown[]
  /** Values that only some targets can take: `false` for those that this one cannot. */
  takes?(ground: Ground, path: string, value: unknown): boolean
  /** What the target must offer for a field, by its path. */
  needs?(path: string): readonly Feature[]
  /** Requests whose answers show the rows of the response table; `valid` alone where absent. */
  readonly situations?: readonly ((ground: Ground, place: Place) => Fields)[]
}
