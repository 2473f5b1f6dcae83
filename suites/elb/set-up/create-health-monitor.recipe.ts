/** How `create-health-monitor` is asked. @see Configuring a Health Check */

import { aHealthMonitor } from '../../../fixtures/elb/bodies.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import type { Fields, Recipe } from '../../../src/check/rows/recipe.ts'
import { create, shown, survey } from './made.ts'

/** A pool has one health monitor; a UDP pool is made only where the type is in question. */
interface Pools {
  readonly http: string
  readonly udp?: string
}

const monitor = (fields: Fields): Fields => ({ healthmonitor: fields })

/** The pause between checks is not shorter than what a check may take, which some services demand. */
const besides: Readonly<Record<string, (value: unknown, pools: Pools) => Fields>> = {
  'healthmonitor.delay': (value) => (value === 1 ? monitor({ timeout: 1 }) : {}),
  'healthmonitor.timeout': () => monitor({ delay: 50 }),
  'healthmonitor.type': (value, { udp }) =>
    value === 'UDP_CONNECT' && udp !== undefined ? monitor({ pool_id: udp }) : {},
}

export const createHealthMonitor: Recipe<ElbGround, Pools> = {
  arrange: async (elb, path) => {
    const http = (await elb.pool()).id
    if (path !== 'healthmonitor.type' || !elb.context.session.offers('udp')) return { http }
    return { http, udp: (await elb.pool({ protocol: 'UDP' })).id }
  },
  valid: ({ context: { session } }, { http }) =>
    aHealthMonitor('HTTP', { name: session.name('check'), pool_id: http }) as Fields,
  send: create('/healthmonitors', 'healthmonitor'),
  shown: (elb, _pools, answered) => shown(elb, '/healthmonitors', 'healthmonitor', answered),
  survey,
  samples: () => ({
    'healthmonitor.url_path': '/health',
    'healthmonitor.domain_name': 'poolproof.example',
    'healthmonitor.monitor_port': 8080,
  }),
  beside: (path, value, _when, pools) => besides[path]?.(value, pools) ?? {},
  text: (path, drawn) => (path.endsWith('url_path') ? `/${drawn.slice(1)}` : drawn),
  takes: (elb, path, value) =>
    path !== 'healthmonitor.type' || value !== 'UDP_CONNECT' || elb.context.session.offers('udp'),
  needs: () => ['healthMonitors'],
  situations: [
    () =>
      monitor({ monitor_port: 8080, domain_name: 'poolproof.example', url_path: '/', delay: 20 }),
  ],
}
