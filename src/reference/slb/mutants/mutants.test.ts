import { describe, expect, it } from 'vitest'
import { slbMutants, slbReference } from '../index.ts'
import { firstDifference, transcript, type Subject } from '../session.ts'

const reference = {
  'remove-vserver-group-backend-servers': transcript('remove-vserver-group-backend-servers'),
  'remove-backend-servers': transcript('remove-backend-servers'),
}

/** What the two pages ask, by the words that `prove` joins with the suites. */
const broken = {
  'remove-vserver-group-backend-servers': [
    'removes-named-server several-in-one-call identity-server-id-and-port only-that-group',
    'default-group-untouched absent-server-ignored absent-port-ignored member-and-stranger',
    'stranger-and-member order-of-list repeated twenty-accepted twenty-one-refused',
    'twenty-one-with-strangers group-larger-than-twenty answer-lists-the-rest',
    'answer-names-the-group empties group-stays-when-empty addable-again durable',
    'duplicates-in-list quoted-port number-port weight-and-type-optional extra-fields-tolerated',
    'single-quoted-list missing-port missing-server-id malformed-list empty-list empty-value',
    'backend-servers-required region-required unknown-region group-required unknown-group',
    'deleted-group weights-of-the-rest-kept answer-in-xml xml-equals-json wrapper number-form',
    'array-form post request-ids-unique error-shape type-default eni',
    'port-out-of-range action-required unknown-version format-default media-type description',
    'credentials-required other-account altered-parameter unknown-access-key',
    'signature-whole common-parameters-required signature-age replay',
  ].join(' '),
  'remove-backend-servers': [
    'removes-named-server several-in-one-call vserver-groups-untouched',
    'other-load-balancer-untouched absent-server-ignored member-and-stranger stranger-and-member',
    'repeated empty-load-balancer region-optional unknown-region load-balancer-required',
    'unknown-load-balancer malformed-load-balancer backend-servers-required malformed-list',
    'missing-server-id type-optional type-ecs type-eni weight-optional weight-quoted weight-number',
    'weight-bounds weight-out-of-range other-weight stored-weights-kept unknown-type',
    'twenty-accepted twenty-one-refused answer-lists-the-rest answer-names-the-load-balancer',
    'answer-nested number-form request-ids-unique empties load-balancer-stays listeners-untouched',
    'addable-again answer-in-xml xml-equals-json post error-shape durable',
    'empty-list server-id-not-text other-type unknown-key duplicates-in-list example-1 example-2',
    'answer-bare description no-port unknown-version credentials-required other-account altered-parameter unknown-access-key',
    'signature-whole common-parameters-required emptied-for-the-first-time',
  ].join(' '),
}

describe('the mutants of slb', () => {
  it('have ids of their own', () => {
    expect(new Set(slbMutants.map(({ id }) => id)).size).toBe(slbMutants.length)
  })

  it('leave the reference as it was', () => {
    for (const { mutate } of slbMutants) slbReference({ change: mutate })
    expect(transcript('remove-backend-servers')).toEqual(reference['remove-backend-servers'])
  })

  it.each(Object.entries(broken))('break every requirement of %s', (operation, requirements) => {
    const ids = slbMutants
      .map(({ breaks }) => breaks)
      .filter((id) => id.startsWith(`slb/${operation}/`))
      // Those of the rows follow from the schema.
      .filter((id) => !/\/(?:request|response)\./.test(id))
      .map((id) => id.slice(`slb/${operation}/`.length))
    expect([...new Set(ids)].toSorted()).toEqual(requirements.split(' ').toSorted())
  })

  it('break nothing but these two operations', () => {
    const operations = new Set(slbMutants.map(({ breaks }) => breaks.split('/', 2).join('/')))
    expect([...operations].toSorted()).toEqual([
      'slb/remove-backend-servers',
      'slb/remove-vserver-group-backend-servers',
    ])
  })

  it.each(slbMutants)('$id shows in the conversation', ({ breaks, mutate }) => {
    const subject = breaks.split('/')[1] as Subject
    expect(firstDifference(subject, reference[subject], { change: mutate })).toBeDefined()
  })
})
