import { describe, expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import { Unarranged, type HttpRequest } from '../model.ts'
import { elb, slb, ours, serverOf, createPool, update, type Answers } from './canned-server.ts'

describe('an object that an answer calls ours', () => {
  test('is looked at once before the first write to it, and not again before the next', async () => {
    const shown = { pool: { id: 'p-1', name: ours } }
    const { send, sent } = serverOf({
      'POST /pools': shown,
      'GET /pools/p-1': shown,
      'PUT /pools/p-1': shown,
    })
    await send('arrange', createPool)
    await send('ask', update('p-1'))
    await send('ask', update('p-1'))
    expect(sent).toEqual(['POST /pools', 'GET /pools/p-1', 'PUT /pools/p-1', 'PUT /pools/p-1'])
  })

  test('and is somebody else’s is never written to, nor removed: the target has failed', async () => {
    const { send, sent, remove } = serverOf({
      'POST /pools': { pool: { id: 'theirs', name: ours } },
      'GET /pools/theirs': { pool: { id: 'theirs', name: 'production' } },
    })
    await send('arrange', createPool)
    const asked = send('ask', update('theirs'))
    await expect(asked).rejects.toThrow(
      'The answer to a creation named /pools/theirs, and that is an object called "production"',
    )
    await expect(asked).rejects.toHaveProperty('name', 'AssertionError')
    expect(await remove('/pools/theirs')).toMatchObject([{ is: 'foreign' }])
    expect(sent.filter((what) => !what.startsWith('GET'))).toEqual(['POST /pools'])
  })

  test.each(['', '.', '..', '../loadbalancers/x', '%2e%2e/x', 'a/b', 'a\\b', 'p?x=', 'p#', 'a b'])(
    'with %j for an id: the target has failed, and nothing is sent to it',
    async (id) => {
      const { send, sent } = serverOf({ 'POST /pools': { pool: { id, name: ours } } })
      const made = send('arrange', createPool)
      await expect(made).rejects.toHaveProperty('name', 'AssertionError')
      await expect(made).rejects.toThrow('cannot be the id of an object')
      expect(sent).toEqual(['POST /pools'])
    },
  )

  test.each(['\u0000', 'x'.repeat(256), '--force', 'ä', '\ud800', 'a\nb'])(
    'with the odd id %j: likewise',
    async (id) => {
      const { send } = serverOf({ 'POST /pools': { pool: { id, name: ours } } })
      await expect(send('arrange', createPool)).rejects.toHaveProperty('name', 'AssertionError')
    },
  )

  test('with the id of another object of the run: the target has failed', async () => {
    const shown = { pool: { id: 'p-1', name: ours } }
    const { send } = serverOf({ 'POST /pools': shown, 'GET /pools/p-1': shown })
    await send('arrange', createPool)
    await expect(send('arrange', createPool)).rejects.toThrow(
      'the id of another object of this run',
    )
  })

  test.each([403, 500, null, [], { pool: null }, { pools: [] }, { pool: { id: 'p-1' } }])(
    'and cannot be looked at (%j) is not written to, and is left',
    async (shown) => {
      const { send, sent, remove } = serverOf({
        'POST /pools': { pool: { id: 'p-1', name: ours } },
        'GET /pools/p-1': shown,
      })
      await send('arrange', createPool)
      await expect(send('ask', update('p-1'))).rejects.toBeInstanceOf(Unarranged)
      expect(await remove('/pools/p-1')).toMatchObject([{ key: '/pools/p-1', is: 'unknown' }])
      expect(sent.filter((what) => !what.startsWith('GET'))).toEqual(['POST /pools'])
    },
  )

  test('counts only with a name that is the same to the last character', async () => {
    for (const name of [`${ours}0`, `x ${ours}`, ours.toUpperCase(), 'poolproof', '']) {
      const { send } = serverOf({
        'POST /pools': { pool: { id: 'p-1', name: ours } },
        'GET /pools/p-1': { pool: { id: 'p-1', name } },
      })
      await send('arrange', createPool)
      await expect(send('ask', update('p-1'))).rejects.toHaveProperty('name', 'AssertionError')
    }
  })
})

test('what no look has shown yet is not waited for once that to which it belonged was removed', async () => {
  const shown = { pool: { id: 'p-1', name: ours } }
  const { send, sent, remove } = serverOf({
    'POST /pools': shown,
    'GET /pools/p-1': shown,
    'POST /pools/p-1/members': { member: { id: 'm-1', name: ours } },
    'GET /pools/p-1/members': { members: [] },
    'GET /pools/p-1/members/m-1': 404,
    'DELETE /pools/p-1': 204,
  })
  await send('arrange', createPool)
  await send('arrange', elbRequest('POST', '/pools/p-1/members', { member: { name: ours } }))
  await send('ask', elbRequest('DELETE', '/pools/p-1'))
  const before = sent.length
  expect(await remove('/pools/p-1/members/m-1')).toEqual([])
  expect(sent.slice(before)).toEqual([expect.stringMatching(/^GET \/pools\/p-1\/members/)])
})

const list = elbRequest('GET', '/pools')
const theirs = { id: 'theirs', name: 'production' }

describe('a target that shows somebody else’s object as ours', () => {
  const answers = {
    'POST /pools': { pool: { id: 'theirs', name: ours } },
    'DELETE /pools/p-1': 204,
  }
  /** What is written when such an object is created, listed, updated and removed. */
  const written = async (given: Answers, before: readonly HttpRequest[] = []) => {
    const { send, sent, remove } = serverOf({ ...answers, ...given })
    for (const request of before) await send('look', request)
    await send('arrange', createPool).catch(() => undefined)
    await send('look', list)
    await send('ask', update('theirs')).catch(() => undefined)
    const left = await remove('/pools/theirs')
    return [...sent.filter((what) => !what.startsWith('GET')), ...left.map(({ key }) => key)]
  }
  const onlyCreated = ['POST /pools', '/pools/theirs']

  test('in a list, is not believed: only a look at the object itself counts', async () => {
    const pools = [{ id: 'theirs', name: ours }]
    const shown = { 'GET /pools': { pools }, 'GET /pools/theirs': { pool: theirs } }
    expect(await written(shown)).toEqual(onlyCreated)
  })

  test('by showing an object of ours in its place, is not believed', async () => {
    const shown = { 'GET /pools/theirs': { pool: { id: 'p-1', name: ours } } }
    expect(await written(shown)).toEqual(onlyCreated)
  })

  test('after it has shown its own name, is not believed: the target has failed', async () => {
    const pool = { ...theirs, name: ours }
    const shown = { 'GET /pools': { pools: [theirs] }, 'GET /pools/theirs': { pool } }
    expect(await written(shown, [list])).toEqual(onlyCreated)
    const { send } = serverOf({ ...answers, ...shown })
    await send('look', list)
    const creation = send('arrange', createPool)
    await expect(creation).rejects.toThrow('that is an object called "production"')
  })

  test('after it has shown the name of another while it was new, is not believed', async () => {
    const { send, sent, now } = serverOf({ ...answers, 'GET /pools/theirs': { pool: theirs } })
    await send('arrange', createPool)
    await expect(send('ask', update('theirs'))).rejects.toHaveProperty('name', 'AssertionError')
    now['GET /pools/theirs'] = { pool: { ...theirs, name: ours } }
    await expect(send('ask', update('theirs'))).rejects.toHaveProperty('name', 'AssertionError')
    expect(sent.filter((what) => what.startsWith('PUT'))).toEqual([])
  })

  test('under the id of ours, from some look on, is not written to any more', async () => {
    const shown = { pool: { id: 'p-1', name: ours } }
    const { send, sent, now } = serverOf({
      'POST /pools': shown,
      'GET /pools/p-1': shown,
      'PUT /pools/p-1': {},
    })
    await send('arrange', createPool)
    await send('ask', update('p-1'))
    for (const pool of [{ id: 'p-1', name: 'production' }, theirs]) {
      now['GET /pools/p-1'] = { pool }
      await send('look', elbRequest('GET', '/pools/p-1'))
      await expect(send('ask', update('p-1'))).rejects.toThrow(/more is sent to it|Nothing is sent/)
    }
    expect(sent.filter((what) => what.startsWith('PUT'))).toHaveLength(1)
  })

  test('without a name or what it belongs to, is not believed', async () => {
    const monitor = { name: 'poolproof-0a1b2c3d-check-1', pool_id: 'p-1' }
    const { send, sent, remove, now } = serverOf({
      'POST /pools': { pool: { id: 'p-1' } },
      'GET /pools/p-1': { pool: { id: 'p-1', name: ours } },
      'POST /healthmonitors': { healthmonitor: { id: 'm-1' } },
      'GET /healthmonitors/m-1': { healthmonitor: { id: 'm-1', type: 'TCP' } },
      'DELETE /healthmonitors/m-1': 204,
    })
    await send('arrange', createPool)
    await send('arrange', elbRequest('POST', '/healthmonitors', { healthmonitor: monitor }))
    expect(await remove('/healthmonitors/m-1')).toMatchObject([{ is: 'unknown' }])
    expect(sent.filter((what) => what.startsWith('DELETE'))).toEqual([])
    now['GET /healthmonitors/m-1'] = { healthmonitor: { id: 'm-1', pools: [{ id: 'p-1' }] } }
    expect(await remove('/healthmonitors/m-1')).toEqual([])
  })
})

test('the load balancer that is lent is not taken for one that was created', async () => {
  const lent = { ...elb, given: { ...elb.given, loadBalancerId: 'lb-1' } }
  const loadbalancer = { id: 'lb-1', name: 'poolproof-0a1b2c3d-lb-1' }
  const { send } = serverOf({ 'POST /loadbalancers': { loadbalancer } }, lent)
  const creation = elbRequest('POST', '/loadbalancers', {
    loadbalancer: { name: loadbalancer.name },
  })
  await expect(send('arrange', creation)).rejects.toThrow('which is the load balancer that is lent')
})

describe('a removal', () => {
  const shown = { pool: { id: 'p-1', name: ours } }
  const answers = { 'POST /pools': shown, 'GET /pools/p-1': shown, 'DELETE /pools/p-1': 204 }

  test('looks first, unless a look has shown the object since the last write to it', async () => {
    const { send, sent, remove } = serverOf(answers)
    await send('arrange', createPool)
    expect(await remove('/pools/p-1')).toEqual([])
    const looks = ['GET /pools/p-1', 'GET /l7policies']
    expect(sent).toEqual(['POST /pools', ...looks, 'DELETE /pools/p-1'])
  })

  test('is not sent when the id is somebody else’s by now', async () => {
    const { send, sent, remove, now } = serverOf(answers)
    await send('arrange', createPool)
    await send('ask', elbRequest('DELETE', '/pools/p-1'))
    now['GET /pools/p-1'] = { pool: { id: 'p-1', name: 'production' } }
    expect(await remove('/pools/p-1')).toMatchObject([{ is: 'foreign' }])
    await expect(send('ask', update('p-1'))).rejects.toThrow('is now shown as called "production"')
    expect(sent.filter((what) => what.startsWith('DELETE'))).toHaveLength(1)
  })

  test('takes a name for ours that this run has given in an update', async () => {
    const { send, remove, now } = serverOf({ ...answers, 'PUT /pools/p-1': {} })
    await send('arrange', createPool)
    await send('ask', elbRequest('PUT', '/pools/p-1', { pool: { name: 'renamed' } }))
    now['GET /pools/p-1'] = { pool: { id: 'p-1', name: 'renamed' } }
    expect(await remove('/pools/p-1')).toEqual([])
  })

  test('of a member without a name is sent only below a pool of ours', async () => {
    const { send, sent, remove } = serverOf({
      ...answers,
      'POST /pools/p-1/members': { member: { id: 'm-1' } },
      'GET /pools/p-1/members/m-1': { member: { id: 'm-1', name: '' } },
      'GET /pools/p-2/members/m-1': { member: { id: 'm-1', name: '' } },
      'DELETE /pools/p-1/members/m-1': 204,
    })
    await send('arrange', createPool)
    await send('arrange', elbRequest('POST', '/pools/p-1/members', { member: {} }))
    expect(await remove('/pools/p-1/members/m-1', '/pools/p-2/members/m-1')).toMatchObject([
      { key: '/pools/p-2/members/m-1' },
    ])
    expect(sent.filter((what) => what.startsWith('DELETE'))).toEqual([
      'DELETE /pools/p-1/members/m-1',
    ])
  })

  test('of the load balancer that is lent is never sent', async () => {
    const lent = { ...elb, given: { ...elb.given, loadBalancerId: 'lb-1' } }
    const loadbalancer = { id: 'lb-1', name: 'poolproof-0a1b2c3d-lb-1' }
    const { send, sent } = serverOf({ 'GET /loadbalancers/lb-1': { loadbalancer } }, lent)
    const removal = send('clean-up', elbRequest('DELETE', '/loadbalancers/lb-1'))
    await expect(removal).rejects.toThrow('is lent, and is not removed')
    expect(sent).toEqual([])
  })
})

describe('an id that a check has made up', () => {
  test('is used when a look shows that it is the id of nothing, and looked at once', async () => {
    const { send, sent } = serverOf({})
    await send('ask', update('unknown'))
    await send('ask', update('unknown'))
    expect(sent).toEqual(['GET /pools/unknown', 'PUT /pools/unknown', 'PUT /pools/unknown'])
  })

  test('is not used when it is somebody’s', async () => {
    const { send, sent } = serverOf({ 'GET /pools/P-1': { pool: { id: 'P-1', name: 'theirs' } } })
    await expect(send('ask', update('P-1'))).rejects.toBeInstanceOf(Unarranged)
    expect(sent).toEqual(['GET /pools/P-1'])
  })

  test('nor is it in a body', async () => {
    const { send, sent } = serverOf({
      'GET /loadbalancers/lb-9': { loadbalancer: { id: 'lb-9', name: 'theirs' } },
    })
    const pool = { name: ours, loadbalancer_id: 'lb-9' }
    await expect(send('ask', elbRequest('POST', '/pools', { pool }))).rejects.toBeInstanceOf(
      Unarranged,
    )
    expect(sent).toEqual(['GET /loadbalancers/lb-9'])
  })

  test('nor is one that a creation has answered, and that is somebody’s', async () => {
    const { send, sent, now } = serverOf({
      'POST /pools': { pool: { id: 'pool-1' } },
      'GET /pools/pool-1': { pool: { id: 'pool-1', name: ours } },
      'GET /pools/pool-2': { pool: { id: 'pool-2', name: 'theirs' } },
    })
    await send('arrange', elbRequest('POST', '/pools', { pool: { name: ours } }))
    now['POST /pools'] = { pool: { id: 'pool-2' } }
    await send('arrange', elbRequest('POST', '/pools', { pool: { name: ours } }))
    const stray = elbRequest('DELETE', '/pools/pool-1', { pool: { id: 'pool-2' } })
    await expect(send('ask', stray)).rejects.toThrow('theirs')
    expect(sent).not.toContain('DELETE /pools/pool-1')
  })
})

describe('slb', () => {
  const name = 'poolproof-0a1b2c3d-group-1'
  const create = slbCall('CreateVServerGroup', { VServerGroupName: name })
  const group = { RequestId: 'r', VServerGroupId: 'rsp-1', VServerGroupName: name }
  const remove = slbCall('RemoveVServerGroupBackendServers', { VServerGroupId: 'rsp-1' })

  test('a group is looked at before a call that names it, and one of somebody else’s is not named', async () => {
    const good = serverOf(
      {
        CreateVServerGroup: group,
        DescribeVServerGroupAttribute: group,
        RemoveVServerGroupBackendServers: { RequestId: 'r' },
      },
      slb,
    )
    await good.send('arrange', create)
    await good.send('ask', remove)
    expect(good.sent).toHaveLength(3)
    const theirs = { ...group, VServerGroupName: 'production' }
    const bad = serverOf({ CreateVServerGroup: group, DescribeVServerGroupAttribute: theirs }, slb)
    await bad.send('arrange', create)
    await expect(bad.send('ask', remove)).rejects.toHaveProperty('name', 'AssertionError')
    expect(await bad.remove('VServerGroup/rsp-1')).toMatchObject([{ is: 'foreign' }])
    expect(bad.sent).toEqual([
      'CreateVServerGroup',
      ...bad.sent.slice(1).map(() => 'DescribeVServerGroupAttribute'),
    ])
  })

  test('a server is not waited for that was removed before a look has shown it', async () => {
    const servers = JSON.stringify([{ ServerId: 'i-1', Weight: 100 }])
    const { send, sent, remove } = serverOf(
      {
        CreateLoadBalancer: { RequestId: 'r', LoadBalancerId: 'lb-1' },
        DescribeLoadBalancerAttribute: {
          RequestId: 'r',
          LoadBalancerId: 'lb-1',
          LoadBalancerName: name,
          BackendServers: { BackendServer: [] },
        },
        AddBackendServers: { RequestId: 'r' },
        RemoveBackendServers: { RequestId: 'r' },
      },
      slb,
    )
    await send('arrange', slbCall('CreateLoadBalancer', { LoadBalancerName: name }))
    const on = { LoadBalancerId: 'lb-1', BackendServers: servers }
    await send('arrange', slbCall('AddBackendServers', on))
    await send('ask', slbCall('RemoveBackendServers', on))
    const before = sent.length
    expect(await remove('BackendServer/lb-1/i-1')).toEqual([])
    expect(sent.slice(before)).toEqual(['DescribeLoadBalancerAttribute'])
  })

  test('listeners and servers of somebody else’s load balancer are left', async () => {
    const {
      session,
      remove: removed,
      sent,
    } = serverOf(
      {
        DescribeLoadBalancerAttribute: {
          RequestId: 'r',
          LoadBalancerName: 'production',
          BackendServers: { BackendServer: [{ ServerId: 'i-1' }] },
          ListenerPorts: { ListenerPort: [80] },
        },
      },
      slb,
    )
    for (const key of ['BackendServer/lb-1/i-1', 'Listener/lb-1/80']) {
      session.ownership.adopt(key, [], 'LoadBalancer/lb-1')
    }
    const left = await removed('BackendServer/lb-1/i-1', 'Listener/lb-1/80')
    expect(left.map(({ is }) => is)).toEqual(['foreign', 'foreign'])
    expect(new Set(sent)).toEqual(new Set(['DescribeLoadBalancerAttribute']))
  })
})

test('no path with a segment of dots is ever sent', async () => {
  const { send, sent } = serverOf({})
  for (const path of ['/pools/..', '/pools/../loadbalancers/x', '/pools/%2e%2e/x', '/pools/.']) {
    await expect(send('look', elbRequest('GET', path))).rejects.toBeInstanceOf(Unarranged)
  }
  expect(sent).toEqual([])
})
