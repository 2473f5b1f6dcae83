/** The five calls of a collection of set-up objects: create, list, show, update and delete. */

import type { Answer, Call, Effect } from '../rule.ts'
import type { ElbStore } from './store.ts'

/** One collection, and what its calls do once no rule has refused them. */
interface Collection<Kind> {
  /** The path of the collection. */
  readonly all: string
  /** The path of one object. */
  readonly one: string
  create(call: Call, store: ElbStore): Kind
  list(call: Call, store: ElbStore): Answer
  /** The object that the path names. */
  find(call: Call, store: ElbStore): Kind
  update(call: Call, store: ElbStore): Kind
  remove(call: Call, store: ElbStore): Answer
  /** The object in an answer, under its wrapper. */
  show(object: Kind, store: ElbStore, now: number): unknown
}

export function collectionEffects<Kind>(collection: Collection<Kind>): readonly Effect<ElbStore>[] {
  const { all, one, create, list, find, update, remove, show } = collection
  const answering =
    (status: number, act: (call: Call, store: ElbStore) => Kind): Effect<ElbStore>['perform'] =>
    (call, store) => ({ status, body: show(act(call, store), store, call.now) })
  return [
    { on: `POST ${all}`, perform: answering(201, create) },
    { on: `GET ${all}`, perform: list },
    { on: `GET ${one}`, perform: answering(200, find) },
    { on: `PUT ${one}`, perform: answering(200, update) },
    { on: `DELETE ${one}`, perform: remove },
  ]
}
