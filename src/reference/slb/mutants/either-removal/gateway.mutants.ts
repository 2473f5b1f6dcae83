/** Faults before the operation itself: version, credentials, account. Either removal could have them. */

import { deciding, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { namedBy } from '../../backend-servers.ts'
import { notRefusing, remaining, type SlbChange } from '../../changes.ts'
import { expectedSignature } from '../../gateway.ts'
import { isHeaderSigned } from '../../header-signature.ts'
import type { Removal } from '../../removal.ts'
import type { Holder, SlbStore } from '../../store.ts'

export function gatewayMutants(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    ...mutantsOfTheVersion(of),
    ...mutantsOfTheCredentials(of),
    ...mutantsOfTheCommonParameters(of),
    ...mutantsOfTheAccount(of),
  ].map((mutant) => ({
    ...mutant,
    id: `${of.short}-${mutant.id}`,
    breaks: `${of.operation}/${mutant.breaks}`,
  }))
}

function mutantsOfTheVersion(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'version-never-read',
      breaks: 'unknown-version',
      story: 'There has only ever been one version, so it is never compared.',
      mutate: admitting(of, 'slb/gateway/version', () => true),
    },
    {
      id: 'any-date-is-a-version',
      breaks: 'unknown-version',
      story: 'The version is validated as a date, and every date is one.',
      mutate: admitting(of, 'slb/gateway/version', ({ parameters: { Version = '' } }) =>
        /^\d{4}-\d\d-\d\d$/.test(Version),
      ),
    },
    {
      id: 'version-refused-too-late',
      breaks: 'unknown-version',
      story: 'The serializer is chosen by version, and is wanted only when all is done.',
      mutate: removingFirst(of, 'slb/gateway/version'),
    },
  ]
}

/** A common parameter that may be missing, the rules that no longer refuse, and the story. */
const optional: readonly (readonly [name: string, rules: readonly string[], story: string])[] = [
  [
    'SignatureNonce',
    ['nonce'],
    'Only a nonce that was seen before is a replay, and a missing one was never seen.',
  ],
  [
    'Timestamp',
    ['timestamp'],
    'The date of a missing timestamp is NaN, and NaN is never too far away.',
  ],
  ['SignatureMethod', ['signature-method'], 'There is only one method, so it is the default.'],
  ['SignatureVersion', ['signature-method'], 'There is only one version, so it is the default.'],
  ['Version', ['version'], 'A caller that names no version gets the newest.'],
]

function mutantsOfTheCommonParameters(of: Removal): readonly Mutant<SlbStore>[] {
  return optional.map(([name, rules, story]) => ({
    id: `${name.toLowerCase()}-optional`,
    breaks: 'common-parameters-required',
    story,
    mutate: together(
      ...['mandatory-parameters', ...rules].map((rule) =>
        admitting(of, `slb/gateway/${rule}`, ({ parameters }) => parameters[name] === undefined),
      ),
    ),
  }))
}

function mutantsOfTheCredentials(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'signature-never-compared',
      breaks: 'credentials-required',
      story: 'The switch that turns the comparison off in staging was merged with the rest.',
      mutate: admitting(of, 'slb/gateway/signature', () => true),
    },
    {
      id: 'unsigned-is-trusted',
      breaks: 'credentials-required',
      story: 'Without a signature a call must come from the console, which has a login of its own.',
      mutate: together(
        admitting(of, 'slb/gateway/mandatory-parameters', isUnsigned),
        admitting(of, 'slb/gateway/signature-method', isUnsigned),
        admitting(of, 'slb/gateway/access-key', isUnsigned),
        admitting(of, 'slb/gateway/timestamp', isUnsigned),
        admitting(of, 'slb/gateway/signature', isUnsigned),
        admitting(of, 'slb/gateway/nonce', isUnsigned),
        notRefusing(of, `unknown-${of.holderWord}`, isUnsigned),
      ),
    },
    {
      id: 'any-signature-will-do',
      breaks: 'altered-parameter',
      story:
        'The code checks that the signature is a digest of the right length, and nothing else.',
      mutate: admitting(of, 'slb/gateway/signature', ({ parameters: { Signature = '' } }) =>
        /^(?:[\w+/]{27}=|[0-9a-f]{64})$/.test(Signature),
      ),
    },
    {
      id: 'bodies-are-not-signed',
      breaks: 'altered-parameter',
      story: 'Only the query is signed; of a form, whether there is a signature is looked at.',
      mutate: admitting(
        of,
        'slb/gateway/signature',
        ({ method, text, headers, parameters: { Signature = '' } }) =>
          method === 'POST' &&
          text !== '' &&
          (isHeaderSigned(headers) || /^[\w+/]{27}=$/.test(Signature)),
      ),
    },
    {
      id: 'signature-compared-as-far-as-a-column',
      breaks: 'signature-whole',
      story: 'The column that holds the expected one takes twenty characters.',
      mutate: admitting(of, 'slb/gateway/signature', (call) => beginsCorrectly(call, 20)),
    },
    {
      id: 'signature-compared-as-far-as-sent',
      breaks: 'signature-whole',
      story: 'The shorter of the two decides how many characters are compared.',
      mutate: admitting(of, 'slb/gateway/signature', (call) =>
        beginsCorrectly(call, (call.parameters['Signature'] ?? '').replace(/(?<!=)=+$/, '').length),
      ),
    },
    {
      id: 'unknown-keys-are-guests',
      breaks: 'unknown-access-key',
      story: 'A key that is not found has no policy, so nothing forbids the call.',
      mutate: together(
        admitting(of, 'slb/gateway/access-key', hasUnknownKey),
        admitting(of, 'slb/gateway/security-token', hasUnknownKey),
        admitting(of, 'slb/gateway/signature', hasUnknownKey),
        notRefusing(of, `unknown-${of.holderWord}`, hasUnknownKey),
      ),
    },
    {
      id: 'credentials-refused-too-late',
      breaks: 'credentials-required',
      story:
        'The signature is verified in parallel with the removal, and only the answer waits for both.',
      mutate: together(
        removingFirst(of, 'slb/gateway/mandatory-parameters'),
        removingFirst(of, 'slb/gateway/signature'),
      ),
    },
  ]
}

function mutantsOfTheAccount(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'any-account-will-do',
      breaks: 'other-account',
      story: 'Ids are unique, so the query does not compare the owner.',
      mutate: notRefusing(of, `unknown-${of.holderWord}`, (call, store) =>
        Boolean(holderById(of, call, store)),
      ),
    },
    {
      id: 'other-account-refused-too-late',
      breaks: 'other-account',
      story:
        'The owner is compared when the answer is written: nothing leaks, but the servers are gone.',
      mutate: removingFirst(of, `${of.operation}/unknown-${of.holderWord}`),
    },
  ]
}

/** A rule of every action does not refuse this one. */
function admitting(of: Removal, keeps: string, when: (call: Call) => boolean): SlbChange {
  return deciding(keeps, (call, _, original) =>
    isFor(of, call) && when(call) ? undefined : original,
  )
}

/** A rule refuses as it should, but after the servers were removed, whoever owns them. */
function removingFirst(of: Removal, keeps: string): SlbChange {
  return deciding(keeps, (call, store, original) => {
    const holder = original && isFor(of, call) ? holderById(of, call, store) : undefined
    if (holder) holder.servers = remaining(of, namedBy(call), holder.servers)
    return original
  })
}

/** What the id names, whoever the caller is. */
function holderById(
  of: Removal,
  { parameters }: Call,
  { groups, loadBalancers }: SlbStore,
): Holder | undefined {
  const id = parameters[of.holderId] ?? ''
  return groups.get(id) ?? loadBalancers.get(id)
}

function isFor(of: Removal, { parameters }: Call): boolean {
  return parameters['Action'] === of.action
}

/** The call is signed with a key of no account. */
function hasUnknownKey({ parameters, project }: Call): boolean {
  return project === undefined && parameters['Signature'] !== undefined
}

/** Are so many characters of the signature correct? */
function beginsCorrectly(call: Call, characters: number): boolean {
  const signature = call.parameters['Signature'] ?? ''
  return signature.slice(0, characters) === expectedSignature(call).slice(0, characters)
}

function isUnsigned({ parameters }: Call): boolean {
  return parameters['Signature'] === undefined
}
