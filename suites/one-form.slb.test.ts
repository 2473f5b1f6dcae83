/** A target whose profile says that it takes no POST and answers in no XML is asked neither. */

import { expect, test } from 'vitest'
import { Lanes } from '../src/check/lanes.ts'
import { perform } from '../src/check/perform.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import { openSession } from '../src/session/session.ts'
import type { Wire } from '../src/wire/wire.ts'
import { suites } from './index.ts'

/** How calls are sent when every check is asked that no loan is needed for. */
async function formsSent(profile: Record<string, boolean>): Promise<Set<string>> {
  const { environment, wire, target } = await knownServers.reference('slb', false)
  const forms = new Set<string>()
  const noting: Wire = (request, deadline) => {
    const format = /Format=XML/.test(`${request.url} ${request.body ?? ''}`) ? 'XML' : 'JSON'
    forms.add(`${request.method} ${format}`)
    return wire(request, deadline)
  }
  const own = { ...target, profile: { ...target.profile, ...profile } }
  const session = openSession(own, { id: '00000000', seed: 1 }, { wire: noting, environment })
  for (const { entries, fixtures } of suites.filter(({ dialect }) => dialect === 'slb')) {
    const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
    for (const entry of entries.filter(({ requirement }) => !requirement.lent)) {
      if ('ask' in entry) await perform(entry, fixtures, session, lanes)
    }
    await lanes.close()
  }
  return forms
}

test('the usual form, where the profile says that there is no other', async () => {
  expect(await formsSent({ post: false, xml: false })).toEqual(new Set(['GET JSON']))
})

test('every form otherwise', async () => {
  expect([...(await formsSent({}))].toSorted()).toEqual([
    'GET JSON',
    'GET XML',
    'POST JSON',
    'POST XML',
  ])
})
