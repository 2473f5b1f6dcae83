/** Faults in the algorithms and the empty texts that an update may set. */

import { without, type Change, type Mutant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import { poolOf, refusesBut, refusesUpdate, showing, updatesOtherwise } from '../../changes.ts'
import { type ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** Refuses an algorithm on the pools of one protocol. */
function refusesAlgorithm(protocol: string, algorithm: string): Change<ElbStore> {
  return refusesUpdate(
    (sent, pool) => pool.protocol === protocol && sent['lb_algorithm'] === algorithm,
  )
}

export const fieldValueMutants: readonly ElbMutant[] = [
  {
    id: 'no-source-ip-on-http',
    breaks: 'elb/update-pool/every-algorithm-on-http',
    story: 'The rule for sticky sessions was taken for one of algorithms.',
    mutate: refusesAlgorithm('HTTP', 'SOURCE_IP'),
  },
  {
    id: 'no-least-connections-on-tcp',
    breaks: 'elb/update-pool/every-algorithm-on-tcp',
    story: 'The layer-4 engine has another name for it.',
    mutate: refusesAlgorithm('TCP', 'LEAST_CONNECTIONS'),
  },
  {
    id: 'no-least-connections-on-udp',
    breaks: 'elb/update-pool/every-algorithm-on-udp',
    story: 'UDP has no connections to count, it was argued.',
    mutate: refusesAlgorithm('UDP', 'LEAST_CONNECTIONS'),
  },
  {
    id: 'takes-any-algorithm',
    breaks: 'elb/update-pool/unknown-algorithm',
    story: 'The column is a string, and the enum was in the documentation only.',
    mutate: without('elb/update-pool/unknown-algorithm'),
  },
  {
    id: 'refuses-unknown-algorithm-but-stores-it',
    breaks: 'elb/update-pool/unknown-algorithm',
    story: 'The engine refuses what the database already has.',
    mutate: refusesBut('elb/update-pool/unknown-algorithm', (call, store) => {
      const { lb_algorithm } = given(call, 'pool')
      Object.assign(poolOf(call, store) ?? {}, { lb_algorithm })
    }),
  },
  {
    id: 'refuses-empty-name',
    breaks: 'elb/update-pool/empty-name',
    story: 'An empty string is false, and false is missing.',
    mutate: refusesUpdate((sent) => sent['name'] === ''),
  },
  {
    id: 'ignores-empty-description',
    breaks: 'elb/update-pool/empty-description',
    story: '`description || previous`, where `??` was meant.',
    mutate: updatesOtherwise(({ pool, was, sent }) => {
      if (sent['description'] === '') pool.description = was.description
    }),
  },
  {
    id: 'blank-is-null',
    breaks: 'elb/update-pool/example-2',
    story: 'The database takes empty strings for NULL.',
    mutate: showing([updatePool], 'pool', (pool) => ({
      ...pool,
      name: pool['name'] || null,
      description: pool['description'] || null,
    })),
  },
]
