/** Faults of both removals for the rows of their tables. */

import { performing, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { concerns } from '../../../rule.ts'
import { rowFaults } from '../../../rows.ts'
import { onRefusal, type Body } from '../../answer.ts'
import {
  changingAnswer,
  crash,
  crashing,
  changingList,
  notRefusing,
  someEntry,
  type SlbChange,
} from '../../changes.ts'
import removeBackendServers from '../../remove-backend-servers.ts'
import removeVServerGroupBackendServers from '../../remove-vserver-group-backend-servers.ts'
import type { Removal } from '../../removal.ts'
import type { SlbStore } from '../../store.ts'

type SlbMutant = Mutant<SlbStore>

export function rowMutants(of: Removal): readonly SlbMutant[] {
  return [
    ...mutantsOfTheAction(of),
    ...mutantsOfTheNames(of),
    ...mutantsOfTheRegion(of),
    ...mutantsOfTheList(of),
    ...mutantsOfTheElements(of),
    ...mutantsOfTheAnswer(of),
  ].map(({ id, ...mutant }) => ({ ...mutant, id: `${of.short}-${id}` }))
}

const effects = {
  vserver: removeVServerGroupBackendServers.effect,
  default: removeBackendServers.effect,
} as const

/** Removes servers although the router should not know the action. */
function guessing(of: Removal, when: (action: string) => boolean): SlbChange {
  return performing(onRefusal, (call, store, original) => {
    const { Action = '', [of.holderId]: holder } = call.parameters
    return holder !== undefined && when(Action)
      ? effects[of.short].perform(call, store)
      : original(call)
  })
}

function mutantsOfTheAction(of: Removal): readonly SlbMutant[] {
  const row = `${of.operation}/request.Action`
  return [
    {
      id: 'no-action-is-a-removal',
      breaks: `${row}.mandatory`,
      story: 'The router chooses the action that fits the parameters.',
      mutate: guessing(of, (action) => action === ''),
    },
    {
      id: 'lower-case-action-crashes',
      breaks: `${of.operation}/action-in-another-case`,
      story: 'The handler is found without case; its table of permissions is read with it.',
      mutate: performing(onRefusal, (call, _, original) => {
        const isOurs = call.parameters['Action'] === of.action.toLowerCase()
        return original(isOurs ? { ...call, body: crash } : call)
      }),
    },
    {
      id: 'lower-case-action-refused-too-late',
      breaks: `${of.operation}/action-in-another-case`,
      story:
        'The router finds the handler; the access log, which is written last, knows no such action.',
      mutate: performing(onRefusal, (call, store, original) => {
        const isOurs = call.parameters['Action'] === of.action.toLowerCase()
        if (isOurs) effects[of.short].perform(call, store)
        return original(call)
      }),
    },
    {
      id: 'action-by-its-beginning',
      breaks: `${row}.const`,
      story: 'Routes are found by prefix.',
      mutate: guessing(of, (action) => action !== '' && action.startsWith(of.action)),
    },
  ]
}

/** The operation changes a parameter before it reads it. */
function reading(of: Removal, name: string, read: (text: string) => string): SlbChange {
  const taken = (call: Call): Call => {
    const text = call.parameters[name]
    return text === undefined
      ? call
      : { ...call, parameters: { ...call.parameters, [name]: read(text) } }
  }
  return ({ rules, effects: all }) => ({
    rules: rules.map((rule) =>
      rule.on !== '*' && concerns(rule.on, of.action)
        ? { ...rule, refuse: (call, store) => rule.refuse(taken(call), store) }
        : rule,
    ),
    effects: all.map((effect) =>
      effect.on === of.action
        ? { ...effect, perform: (call, store) => effect.perform(taken(call), store) }
        : effect,
    ),
  })
}

function mutantsOfTheNames(of: Removal): readonly SlbMutant[] {
  return [of.holderId].map((name) => ({
    id: `${name.toLowerCase()}-without-its-quotes`,
    breaks: `${of.operation}/request.${name}.type`,
    story: 'One parameter is JSON, so all parameters that look like JSON are parsed.',
    mutate: reading(of, name, (text) => text.replaceAll(/^\[?"|"\]?$/g, '')),
  }))
}

function mutantsOfTheRegion(of: Removal): readonly SlbMutant[] {
  return [
    {
      id: 'quoted-region-crashes',
      breaks: `${of.operation}/request.RegionId.type`,
      story: 'The region becomes a part of a host name, and no host has quotes in its name.',
      mutate: crashing(of, ({ parameters }) => /["[]/.test(parameters['RegionId'] ?? '')),
    },
  ]
}

function mutantsOfTheList(of: Removal): readonly SlbMutant[] {
  const row = `${of.operation}/request.BackendServers`
  return [
    {
      id: 'list-with-more-behind-it',
      breaks: `${row}.content-media-type`,
      story: 'The parser stops at the end of the list, and does not look whether there is more.',
      mutate: reading(of, 'BackendServers', (text) => text.replace(/\]\]$/, ']')),
    },
    {
      id: 'ids-with-commas',
      breaks: `${row}.content-media-type`,
      story: 'Ids separated by commas, as other calls have them, are accepted here as well.',
      mutate: reading(of, 'BackendServers', (text) =>
        /^[\w,-]+$/.test(text)
          ? JSON.stringify(text.split(',').map((ServerId) => ({ ServerId, Port: 8001 })))
          : text,
      ),
    },
    {
      id: 'scalar-is-no-list-and-no-work',
      breaks: `${row}.content.type`,
      story: 'A value without elements has nothing to remove.',
      mutate: notRefusing(of, 'malformed-list', ({ parameters }) =>
        /^(?:"|\d|true)/.test(parameters['BackendServers'] ?? ''),
      ),
    },
    {
      id: 'lone-element-is-a-list',
      breaks: `${row}.content.type`,
      story: 'One element may come without its brackets.',
      mutate: reading(of, 'BackendServers', (text) => (text.startsWith('{') ? `[${text}]` : text)),
    },
    {
      id: 'other-elements-are-skipped',
      breaks: `${row}.content.items.type`,
      story: 'What cannot be mapped to an entry is logged and left out.',
      mutate: reading(of, 'BackendServers', (text) => onlyObjects(text)),
    },
  ]
}

function onlyObjects(text: string): string {
  try {
    const list = JSON.parse(text) as unknown
    if (!Array.isArray(list)) return text
    const objects = list.filter((one) => typeof one === 'object' && !Array.isArray(one))
    return objects.length > 0 ? JSON.stringify(objects) : text
  } catch {
    return text
  }
}

function mutantsOfTheElements(of: Removal): readonly SlbMutant[] {
  const row = `${of.operation}/request.BackendServers.content.items`
  const own = {
    vserver: [
      {
        id: 'id-in-a-list',
        breaks: `${row}.ServerId.type`,
        story: 'A list of one id is as good as the id.',
        mutate: reading(of, 'BackendServers', (text) =>
          text.replaceAll(/"ServerId":\[("[^"]+")\]/g, '"ServerId":$1'),
        ),
      },
      {
        id: 'port-in-a-list',
        breaks: `${row}.Port.type`,
        story: 'A list of one port is as good as the port.',
        mutate: reading(of, 'BackendServers', (text) =>
          text.replaceAll(/"Port":\[("?\d+"?)\]/g, '"Port":$1'),
        ),
      },
    ],
    default: [
      {
        id: 'odd-types-crash',
        breaks: `${row}.Type.type`,
        story: 'The type is put into small letters before the code checks that it is text.',
        mutate: crashing(
          of,
          someEntry(({ type }) => type !== undefined && typeof type !== 'string'),
        ),
      },
      {
        id: 'odd-weights-crash',
        breaks: `${row}.Weight.type`,
        story: 'A value that is not text is taken as a number, and its digits are counted.',
        mutate: crashing(
          of,
          someEntry(({ weight }) => typeof weight === 'object'),
        ),
      },
    ],
  }
  return own[of.short]
}

const group = 'slb/remove-vserver-group-backend-servers/response.BackendServers'

/** Rows that other checks ask: a lone member in place of a list is a reading. */
const askedElsewhere = [`${group}.BackendServer.type`, `${group}.BackendServer.items.Type.default`]

function mutantsOfTheAnswer(of: Removal): readonly SlbMutant[] {
  const [, operation] = of.operation.split('/')
  const faults = rowFaults(
    operation as 'remove-backend-servers',
    ({ id, path }, operator) =>
      !askedElsewhere.includes(id) &&
      // No page says how an empty list is written.
      operator !== 'empty-is-null' &&
      path.at(-1) !== 'Description' &&
      // A body that is already text is sent as it is.
      !(path.length === 0 && operator === 'as-text'),
  )
  return [
    ...faults.map(({ edit, ...fault }) => ({
      ...fault,
      mutate: changingAnswer(of, (body) => edit(body)),
    })),
    {
      id: 'descriptions-are-numbers',
      breaks: `${of.operation}/response.BackendServers.BackendServer.items.Description.type`,
      story: 'The number of the text in the catalogue of messages is shown, not the text.',
      mutate: changingList(of, (servers: readonly Body[]) =>
        servers.map((server) => ({ ...server, Description: 7 })),
      ),
    },
  ]
}
