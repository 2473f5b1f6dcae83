/** Faults in the answer, and not in the effect. Either removal could have them. */

import { performing, type Mutant } from '../../../mutant.ts'
import type { Answer, Call } from '../../../rule.ts'
import { onRefusal, type Body } from '../../answer.ts'
import { listed } from '../../backend-servers.ts'
import {
  changingAnswer,
  crashing,
  doingNothing,
  changingList,
  serversIn,
  type SlbChange,
} from '../../changes.ts'
import type { Removal } from '../../removal.ts'
import { requestIdOf, wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'
import { xmlOf } from '../../xml.ts'
import { isForm } from './removal.mutants.ts'

const weightRow = 'response.BackendServers.BackendServer.items.Weight.type'

export function answerMutants(of: Removal): readonly Mutant<SlbStore>[] {
  return [...mutantsOfTheContent(of), ...mutantsOfTheXml(of), ...mutantsOfTheEnvelope(of)].map(
    (mutant) => ({
      ...mutant,
      id: `${of.short}-${mutant.id}`,
      breaks: `${of.operation}/${mutant.breaks}`,
    }),
  )
}

function mutantsOfTheContent(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'lists-twenty-at-most',
      breaks: 'answer-lists-the-rest',
      story: 'The limit of a call is applied to the list of the answer as well.',
      mutate: changingList(of, (servers) => servers.slice(0, 20)),
    },
    of.short === 'vserver'
      ? {
          id: 'answer-lists-the-removed',
          breaks: 'answer-lists-the-rest',
          story: 'Deleting returns the rows deleted, and those are put into the answer.',
          mutate: comparing(of, removedIn),
        }
      : {
          id: 'answer-lists-the-removed-when-empty',
          breaks: 'answer-lists-the-rest',
          story: 'An empty list looked like a mistake, so the last servers are shown once more.',
          mutate: comparing(of, (before, after) =>
            after.length === 0 ? removedIn(before, after) : after,
          ),
        },
    {
      id: 'answer-lists-the-state-before',
      breaks: 'answer-lists-the-rest',
      story: 'The answer is built from what was loaded at the beginning.',
      mutate: comparing(of, (before) => before),
    },
    ...(of.short === 'vserver' ? [tenAtMost(of)] : []),
    {
      id: 'answer-lists-one-of-the-rest',
      breaks: 'answer-lists-the-rest',
      story: 'The answer is built from the first row of the result.',
      mutate: changingList(of, (servers) => servers.slice(0, 1)),
    },
    {
      id: 'text-for-numbers-in-a-form',
      breaks: of.short === 'vserver' ? weightRow : 'number-form',
      story: 'Calls by POST are answered by the older service, which quotes numbers.',
      mutate: changingList(of, (servers, call) =>
        isForm(call) && !wantsXml(call)
          ? servers.map((server) => ({ ...server, Weight: String(server['Weight']) }))
          : servers,
      ),
    },
    {
      id: 'answer-names-no-holder',
      breaks: `answer-names-the-${of.holderWord}`,
      story: 'The id is taken from the session, which has none yet.',
      mutate: changingAnswer(of, (body) => ({ ...body, [of.holderId]: '' })),
    },
    {
      id: 'answer-names-the-request',
      breaks: `answer-names-the-${of.holderWord}`,
      story: 'Two arguments of the same type in the wrong order.',
      mutate: changingAnswer(of, (body, call) => ({ ...body, [of.holderId]: requestIdOf(call) })),
    },
    {
      id: 'weight-nought-is-a-hundred',
      breaks: of.short === 'vserver' ? 'weights-of-the-rest-kept' : 'stored-weights-kept',
      story: 'The answer is built with `weight || 100`, and 0 is false.',
      mutate: changingList(of, (servers) =>
        servers.map((server) => ({ ...server, Weight: Number(server['Weight']) || 100 })),
      ),
    },
  ]
}

function tenAtMost(of: Removal): Mutant<SlbStore> {
  return {
    id: 'answer-lists-ten-at-most',
    breaks: 'answer-lists-the-rest',
    story: 'The answer is built from a query that has a page of ten.',
    mutate: changingList(of, (servers) => servers.slice(0, 10)),
  }
}

function mutantsOfTheXml(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'xml-not-spoken',
      breaks: 'answer-in-xml',
      story: 'The new service was only ever asked for JSON.',
      mutate: inXml(of, (body) => JSON.stringify(body)),
    },
    {
      id: 'xml-root-misnamed',
      breaks: 'answer-in-xml',
      story: 'The serializer takes the name of the class.',
      mutate: inXml(of, (body) => xmlOf('Response', body)),
    },
    {
      id: 'xml-keeps-one-server',
      breaks: 'xml-equals-json',
      story: 'A map from element names to values holds each name once.',
      mutate: changingList(of, (servers, call) => (wantsXml(call) ? servers.slice(-1) : servers)),
    },
    {
      id: 'xml-without-weights',
      breaks: 'xml-equals-json',
      story: 'The XML view does not know the column that was added later.',
      mutate: changingList(of, (servers, call) =>
        wantsXml(call)
          ? servers.map(({ ...server }) => ({ ...server, Weight: undefined }))
          : servers,
      ),
    },
    {
      id: 'xml-changes-nothing',
      breaks: 'answer-in-xml',
      story: 'The XML view is rendered from a rolled back transaction.',
      mutate: performing(of.action, (call, store, original) => {
        const holder = of.holder(call, store)
        const before = holder?.servers ?? []
        const answer = original(call)
        if (holder && wantsXml(call)) holder.servers = before
        return answer
      }),
    },
  ]
}

function mutantsOfTheEnvelope(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'request-id-constant',
      breaks: 'request-ids-unique',
      story: 'The id of the first request was compiled in with an example.',
      mutate: changingAnswer(of, (body) => ({
        ...body,
        RequestId: '365F4154-92F6-4AE4-92F8-7FF34B540710',
      })),
    },
    {
      id: 'request-id-of-the-session',
      breaks: 'request-ids-unique',
      story: 'The id is kept with the object, and a second request for it gets the same.',
      mutate: changingAnswer(of, (body) => ({ ...body, RequestId: String(body[of.holderId]) })),
    },
    {
      id: 'error-with-status-200',
      breaks: 'error-shape',
      story: 'The HTTP exchange succeeded, so the status is 200.',
      mutate: refusalOf(of, (answer) => ({ ...answer, status: 200 })),
    },
    {
      id: 'errors-become-500',
      breaks: 'error-shape',
      story: 'The writer of errors needs a language, and the call has none.',
      mutate: refusalOf(of, (answer) => ({ ...answer, status: 500 })),
    },
    {
      id: 'errors-become-a-redirect-of-the-console',
      breaks: 'error-shape',
      story: 'The error page of the console answers, and answers that all is well.',
      mutate: refusalOf(of, (answer) => ({ ...answer, status: 201 })),
    },
    {
      id: 'post-changes-nothing',
      breaks: 'post',
      story:
        'The list is looked for in the wrong place when it comes with POST; the answer is 200.',
      mutate: doingNothing(of, ({ method }) => method === 'POST'),
    },
    {
      id: 'post-crashes',
      breaks: 'post',
      story: 'The body is parsed as JSON.',
      mutate: crashing(of, ({ method }) => method === 'POST'),
    },
  ]
}

function removedIn(before: readonly Body[], after: readonly Body[]): readonly Body[] {
  return before.filter((one) => !after.some((other) => isDeepEqual(one, other)))
}

/** A list made from the servers before the removal and those after it. */
function comparing(
  of: Removal,
  choose: (before: readonly Body[], after: readonly Body[]) => readonly Body[],
): SlbChange {
  return performing(of.action, (call, store, original) => {
    const before = serversIn({ BackendServers: listed(of.holder(call, store)?.servers ?? []) })
    const answer = original(call)
    const chosen = choose(before, serversIn(answer.body as Body))
    return inBody(answer, { BackendServers: { BackendServer: chosen } })
  })
}

function inXml(of: Removal, spell: (body: Body) => string): SlbChange {
  return changingAnswer(of, (body, call) => (wantsXml(call) ? spell(body) : body))
}

/** Changes the answers to refusals of this operation. */
function refusalOf(of: Removal, edit: (answer: Answer, call: Call) => Answer): SlbChange {
  return performing(onRefusal, (call, _, original) =>
    call.parameters['Action'] === of.action ? edit(original(call), call) : original(call),
  )
}

function inBody(answer: Answer, but: Body): Answer {
  return { ...answer, body: { ...(answer.body as Body), ...but } }
}

function isDeepEqual(one: Body, other: Body): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
