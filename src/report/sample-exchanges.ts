/** Made-up exchanges of both dialects, about as long as real ones. */

import type { Purpose, RecordedExchange } from '../model.ts'

const elb = 'https://elb.staging-eu.example/gateway/v2.0/lbaas'
const json = ['Content-Type', 'application/json'] as const

/** The same number, the same id. */
function uuid(seed: number): string {
  return `5a9a3e9e-0000-4000-8000-${seed.toString(16).padStart(12, '0')}`
}

function answer(status: number, body: string): NonNullable<RecordedExchange['response']> {
  return {
    status,
    headers: [
      ['Date', 'Sat, 14 Mar 2026 09:26:53 GMT'],
      body.startsWith('<') ? ['Content-Type', 'text/xml'] : json,
      ['Content-Length', String(body.length)],
      ['X-Request-Id', `req-${body.length}`],
    ],
    body,
  }
}

function pool(seed: number): string {
  return JSON.stringify({
    pool: {
      id: uuid(seed),
      name: `poolproof-k3f9a2-${seed}`,
      description: '',
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      members: [{ id: uuid(seed + 1) }],
      healthmonitor_id: null,
      admin_state_up: true,
      tenant_id: '601240b9c5c94059b63d484c92cfe308',
      project_id: '601240b9c5c94059b63d484c92cfe308',
      listeners: [{ id: uuid(seed + 2) }],
      loadbalancers: [{ id: uuid(seed + 3) }],
      session_persistence: { type: 'APP_COOKIE', cookie_name: 'my_cookie', persistence_timeout: 1 },
    },
  })
}

/** A pool created, or shown. */
export function elbLook(purpose: Purpose, seed: number): RecordedExchange {
  const creates = purpose === 'arrange'
  const body = `{"pool":{"name":"poolproof-k3f9a2-${seed}","protocol":"HTTP","lb_algorithm":"ROUND_ROBIN","loadbalancer_id":"${uuid(seed + 3)}"}}`
  return {
    purpose,
    request: {
      method: creates ? 'POST' : 'GET',
      url: creates ? `${elb}/pools` : `${elb}/pools/${uuid(seed)}`,
      headers: creates ? [json] : [],
      ...(creates ? { body } : {}),
    },
    response: answer(creates ? 201 : 200, pool(creates ? seed : seed - (seed % 100))),
    milliseconds: 38.4,
  }
}

/** A pool deleted, without a body in the answer. */
export function deletionOf(seed: number): RecordedExchange {
  return {
    purpose: 'ask',
    request: { method: 'DELETE', url: `${elb}/pools/${uuid(seed)}`, headers: [] },
    response: answer(204, ''),
    milliseconds: 12.1,
  }
}

/** Backend servers taken from a group. */
export function slbRemoval(seed: number): RecordedExchange {
  const servers = encodeURIComponent(
    `[{"ServerId":"i-${seed}","Port":"80"},{"ServerId":"i-${seed + 1}","Port":"80"}]`,
  )
  return {
    purpose: 'ask',
    request: {
      method: 'GET',
      url: `https://slb.shanghai.example/?Action=RemoveVServerGroupBackendServers&RegionId=cn-shanghai&VServerGroupId=rsp-${seed}&BackendServers=${servers}&Format=XML`,
      headers: [],
    },
    response: answer(
      200,
      `<?xml version="1.0" encoding="UTF-8"?><RemoveVServerGroupBackendServersResponse><RequestId>${uuid(seed)}</RequestId><VServerGroupId>rsp-${seed}</VServerGroupId><BackendServers><BackendServer><ServerId>i-${seed + 2}</ServerId><Port>80</Port><Weight>100</Weight></BackendServer></BackendServers></RemoveVServerGroupBackendServersResponse>`,
    ),
    milliseconds: 51,
  }
}

/** A group described, in JSON. */
export function slbLook(purpose: Purpose, seed: number): RecordedExchange {
  const servers = Array.from({ length: 4 }, (_, index) => ({
    ServerId: `i-${seed + index}`,
    Port: 80,
    Weight: 100,
    Type: 'ecs',
    Description: '',
  }))
  return {
    purpose,
    request: {
      method: 'POST',
      url: 'https://slb.shanghai.example/',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: `Action=DescribeVServerGroupAttribute&RegionId=cn-shanghai&VServerGroupId=rsp-${seed}&Format=JSON`,
    },
    response: answer(
      200,
      JSON.stringify({
        RequestId: uuid(seed),
        VServerGroupId: `rsp-${seed}`,
        BackendServers: { BackendServer: servers },
      }),
    ),
    milliseconds: 47.9,
  }
}
