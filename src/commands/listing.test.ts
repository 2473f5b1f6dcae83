import { describe, expect, test } from 'vitest'
import { unobservable, type Check, type Fixtures, type Suite } from '../check/check.ts'
import { addressOf } from '../model.ts'
import { listing, listingText } from './listing.ts'

const address = addressOf('RemoveBackendServers')

const asked: Check = {
  requirement: {
    id: 'slb/remove-backend-servers/order',
    level: 'reading',
    text: 'The order of the list is open.',
    source: 'RemoveBackendServers › Response › Table 2',
    needs: ['xml', 'post'],
    readings: { kept: 'As it was.', sorted: 'By id.' },
  },
  ask: () => Promise.resolve('kept'),
}

const unasked = unobservable(
  { id: 'slb/remove-backend-servers/traffic', level: 'must', text: 'No traffic.', source: 'Page' },
  'Shows only in traffic.',
)

const suites: readonly Suite[] = [
  {
    dialect: 'slb',
    operation: 'remove-backend-servers',
    fixtures: {} as Fixtures,
    entries: [asked, unasked],
  },
]

test('listing gives the source of each requirement and whether it is asked', () => {
  expect(listing(suites)).toEqual([
    {
      id: 'slb/remove-backend-servers/order',
      dialect: 'slb',
      operation: 'remove-backend-servers',
      level: 'reading',
      page: 'RemoveBackendServers',
      place: 'Response › Table 2',
      address,
      text: 'The order of the list is open.',
      needs: ['xml', 'post'],
      readings: { kept: 'As it was.', sorted: 'By id.' },
      checked: true,
    },
    {
      id: 'slb/remove-backend-servers/traffic',
      dialect: 'slb',
      operation: 'remove-backend-servers',
      level: 'must',
      page: 'Page',
      place: '',
      text: 'No traffic.',
      needs: [],
      readings: {},
      checked: false,
      unobservable: 'Shows only in traffic.',
    },
  ])
})

describe('listingText', () => {
  const text = listingText(listing(suites))

  test.each([
    'slb/remove-backend-servers/order  [reading]\n  The order of the list is open.\n',
    `  RemoveBackendServers › Response › Table 2\n  ${address}\n`,
    '  reading kept: As it was.\n  reading sorted: By id.\n  needs xml, post\n',
    '  not asked: Shows only in traffic.\n',
    '2 requirements: 1 tested, 1 that cannot be observed in any exchange.\n',
  ])('has %j', (part) => {
    expect(text).toContain(part)
  })

  test('ends no line in a separator or a blank', () => {
    expect(text).not.toMatch(/[ ›]$/m)
  })
})
