/** A default group that is shown for a while as it was when an earlier check used it. */

import { expect, test } from 'vitest'
import { examine } from '../src/prove/examine.ts'
import type { ServerUnderTest } from '../src/prove/known-servers.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import type { Wire } from '../src/wire/wire.ts'
import { suites } from './index.ts'

const asked = ['removes-named-server', 'several-in-one-call', 'empties', 'repeated'].map(
  (name) => `slb/remove-backend-servers/${name}`,
)

const actionOf = (url: string) => new URL(url).searchParams.get('Action') ?? ''

/** After each removal that empties the group, so many looks, after the first, still show what was in it. */
async function server(oldLooks: number): Promise<ServerUnderTest> {
  const reference = await knownServers.reference('slb', false)
  let full: string | undefined
  let looks = 0
  const wire: Wire = async (request, deadline) => {
    const action = actionOf(request.url)
    const answer = await reference.wire(request, deadline)
    if (action === 'RemoveBackendServers' && /"BackendServer":\[\]/.test(answer.text)) looks = 0
    if (action !== 'DescribeLoadBalancerAttribute') return answer
    const isEmpty = /"BackendServers":\{"BackendServer":\[\]\}/.test(answer.text)
    if (!isEmpty) full = answer.text
    looks += 1
    const isOld = isEmpty && full !== undefined && looks > 1 && looks <= 1 + oldLooks
    return isOld ? { ...answer, text: full ?? '' } : answer
  }
  const { profile: _, ...target } = reference.target
  return { ...reference, target: { ...target, limits: { ...target.limits, lanes: 1 } }, wire }
}

test('is looked at again before a check says that it needs an empty one', async () => {
  const { outcomes, leftovers } = await examine(await server(2), suites, (id) => asked.includes(id))
  expect(leftovers).toEqual([])
  expect(asked.map((id) => outcomes.get(id)?.thrown)).toEqual(asked.map(() => undefined))
})
