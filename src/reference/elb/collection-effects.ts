/** The five calls of a collection of set-up objects: create, list, show, update and delete. */

import type { Call, Effect } from '../rule.ts'
import { listed, type Listed } from './list.ts'
import { existing, matching, type ElbStore } from './store.ts'

/** What every object of a collection has. */
interface Owned {
  readonly id: string
  readonly tenant_id: string
}

/** One collection, and what its calls do once no rule has refused them. */
interface Collection<Kind extends Owned> {
  /** The path of the collection. */
  readonly all: string
  /** The path of one object. */
  readonly one: string
  /** The parameter of that path that holds its id. */
  readonly parameter: string
  /** The fields of answers that hold one object, and a list of them. */
  readonly wrappers: readonly [one: string, list: string]
  objects(store: ElbStore): Map<string, Kind>
  create(call: Call, store: ElbStore): Kind
  /** Which objects of the project a list shows; all of them if left out. */
  isListed?(candidate: Kind, call: Call): boolean
  /** Changes the object that the path names. */
  update(found: Kind, call: Call): void
  /** Removes the object that the path names, and what goes with it; only the object if left out. */
  remove?(found: Kind, store: ElbStore, now: number): void
  /** The object as answers show it. */
  present(found: Kind, store: ElbStore, now: number): Listed['shown']
  /** What else filters of lists can find it by. */
  alsoBy?(found: Kind, store: ElbStore): Listed['alsoBy']
}

export function collectionEffects<Kind extends Owned>(
  collection: Collection<Kind>,
): readonly Effect<ElbStore>[] {
  const { all, one, parameter, wrappers, objects, create, update, present } = collection
  const { isListed = () => true, alsoBy } = collection
  const { remove = ({ id }: Kind, store: ElbStore) => void objects(store).delete(id) } = collection
  const found = ({ parameters }: Call, store: ElbStore) =>
    existing(objects(store), parameters[parameter])
  const answer = (status: number, object: Kind, store: ElbStore, now: number) => ({
    status,
    body: { [wrappers[0]]: present(object, store, now) },
  })
  return [
    {
      on: `POST ${all}`,
      perform: (call, store) => answer(201, create(call, store), store, call.now),
    },
    {
      on: `GET ${all}`,
      perform: (call, store) => {
        const mine = matching(
          objects(store),
          (candidate) => candidate.tenant_id === call.project && isListed(candidate, call),
        )
        const items = mine.map((object) => ({
          shown: present(object, store, call.now),
          alsoBy: alsoBy?.(object, store) ?? {},
        }))
        return listed(wrappers[1], call, items)
      },
    },
    {
      on: `GET ${one}`,
      perform: (call, store) => answer(200, found(call, store), store, call.now),
    },
    {
      on: `PUT ${one}`,
      perform: (call, store) => {
        const object = found(call, store)
        update(object, call)
        return answer(200, object, store, call.now)
      },
    },
    {
      on: `DELETE ${one}`,
      perform: (call, store) => {
        remove(found(call, store), store, call.now)
        return { status: 204 }
      },
    },
  ]
}
