import { describe, expect, test } from 'vitest'
import { Misconfigured } from '../model.ts'
import type { Target } from '../target.ts'
import { httpLoopback } from '../wire/loopback.ts'
import { elb, run, slb } from './canned-server.ts'
import { probe } from './probe.ts'

const forbidden = {
  elb: { code: 'ELB.9802', message: 'Policy does not allow elb:pools:list to be performed.' },
  slb: { Code: 'Forbidden.RAM', Message: 'User not authorized to operate.', RequestId: 'r-1' },
}

/** A server whose policy denies what contains one of these words, and what it was asked. */
async function probed(target: Target, ...denied: readonly string[]): Promise<string[]> {
  const asked: string[] = []
  const { endpoint } = await httpLoopback((response, { url }) => {
    asked.push(/Action=(\w+)/.exec(url)?.[1] ?? url)
    const isDenied = denied.some((word) => url.includes(word))
    const list = target.dialect === 'elb' ? { loadbalancers: [], pools: [] } : { RequestId: 'r-2' }
    response.writeHead(isDenied ? 403 : 200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(isDenied ? forbidden[target.dialect] : list))
  })
  await probe({ ...target, endpoint }, run, { TOKEN: 'canary-token' })
  return asked
}

describe('whether a target can be asked', () => {
  test.each([
    ['elb', elb, ['/v2.0/lbaas/pools?limit=1']],
    ['slb', slb, ['DescribeRegions']],
  ] as const)('%s: takes one request where the user has every right', async (_, target, asked) => {
    expect(await probed(target)).toEqual(asked)
  })

  test.each([
    ['elb', elb, '/pools', ['/v2.0/lbaas/pools?limit=1', '/v2.0/lbaas/loadbalancers?limit=1']],
    ['slb', slb, 'DescribeRegions', ['DescribeRegions', 'DescribeLoadBalancers']],
  ] as const)(
    '%s: a policy that denies one question does not end the run',
    async (_, target, denied, asked) => {
      expect(await probed(target, denied)).toEqual(asked)
    },
  )

  test.each([
    ['elb', elb],
    ['slb', slb],
  ] as const)('%s: a policy that denies both has to be corrected', async (_, target) => {
    await expect(probed(target, '/')).rejects.toThrow(Misconfigured)
  })
})
