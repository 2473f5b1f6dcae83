/** Faults in the algorithms and the empty texts that an update may set. */

import { without, type Change, type Mutant } from '../../../mutant.ts'
import { given } from '../../body.ts'
import {
  passes,
  poolOf,
  refusesBut,
  refusesUpdate,
  showing,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import { membersOf, type ElbStore } from '../../store.ts'
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
    id: 'loses-least-connections-on-udp-with-members',
    breaks: 'elb/update-pool/every-algorithm-on-udp',
    story:
      'A pool with backend servers is written by another job, which knows no such algorithm for UDP.',
    mutate: storesOtherwise(({ pool, was, store }) => {
      const isLost = pool.protocol === 'UDP' && pool.lb_algorithm === 'LEAST_CONNECTIONS'
      if (isLost && membersOf(store, pool.id).length > 0) pool.lb_algorithm = was.lb_algorithm
    }),
  },
  {
    id: 'takes-texts-for-numbers',
    breaks: 'elb/update-pool/text-stored-as-sent.numbers',
    story: 'A loader of YAML stands between the API and the database.',
    mutate: updatesOtherwise(({ pool, sent }) => {
      if (!/^\d+(?:\.\d+)?$/.test(String(sent['description']))) return
      pool.description = String(Number(sent['description']))
    }),
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
    id: 'ignores-empty-name',
    breaks: 'elb/update-pool/empty-name',
    story: 'An empty string is false, and false is missing.',
    mutate: updatesOtherwise(({ pool, was, sent }) => {
      if (sent['name'] === '') pool.name = was.name
    }),
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
    id: 'fails-on-null-algorithm',
    breaks: 'elb/update-pool/null-lb-algorithm',
    story: 'null is looked up in the table of algorithms, and the error is not caught.',
    mutate: refusesUpdate((sent) => sent['lb_algorithm'] === null, 500),
  },
  {
    id: 'stores-a-null-algorithm',
    breaks: 'elb/update-pool/null-lb-algorithm',
    story: 'The column is nullable, and null passes every check of a value.',
    mutate: passes(
      'elb/update-pool/request.pool.lb_algorithm.type',
      (call) => given(call, 'pool')['lb_algorithm'] === null,
    ),
  },
  {
    id: 'no-monitor-is-a-word',
    breaks: 'elb/update-pool/no-health-monitor-shown',
    story: 'str(None), because the table says String.',
    mutate: showing([updatePool], 'pool', (pool) => ({
      ...pool,
      healthmonitor_id: pool['healthmonitor_id'] ?? 'None',
    })),
  },
  {
    id: 'three-fields-lose-one',
    breaks: 'elb/update-pool/example-1',
    story: 'The statement has place for two columns, as the form of the console has two fields.',
    mutate: storesOtherwise(({ pool, was, sent }) => {
      if (Object.keys(sent).length > 2 && 'description' in sent) pool.description = was.description
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
