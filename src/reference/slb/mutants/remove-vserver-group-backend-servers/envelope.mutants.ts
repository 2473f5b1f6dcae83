/** Faults around RemoveVServerGroupBackendServers: action and format. */

import { deciding, performing, together, type Mutant } from '../../../mutant.ts'
import type { Answer, Call } from '../../../rule.ts'
import { onRefusal } from '../../answer.ts'
import {
  changingAnswer,
  crash,
  crashing,
  doingNothing,
  refusingAfterRemoval,
  type SlbChange,
} from '../../changes.ts'
import { actionUnknown, missing } from '../../refusals.ts'
import { vserverRemoval as of } from '../../removal.ts'
import operation from '../../remove-vserver-group-backend-servers.ts'
import { wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'
import { xmlOf } from '../../xml.ts'

export const vserverEnvelopeMutants: readonly Mutant<SlbStore>[] = [
  {
    id: 'vserver-no-action-is-guessed',
    breaks: 'slb/remove-vserver-group-backend-servers/action-required',
    story: 'A call with a group and a list and no action is taken for a removal by an old client.',
    mutate: routing((call, store, original) =>
      hasNoAction(call) ? operation.effect.perform(call, store) : original(call),
    ),
  },
  {
    id: 'vserver-misspelt-action-is-guessed',
    breaks: 'slb/remove-vserver-group-backend-servers/action-required',
    story: 'The last branch of the switch handles everything that is not one of the other actions.',
    mutate: routing((call, store, original) =>
      hasNoAction(call) ? original(call) : operation.effect.perform(call, store),
    ),
  },
  {
    id: 'vserver-unknown-action-refused-too-late',
    breaks: 'slb/remove-vserver-group-backend-servers/action-required',
    story: 'The router guesses; the access log, which is written last, knows no such action.',
    mutate: routing((call, store, original) => {
      operation.effect.perform(call, store)
      return original(call)
    }),
  },
  {
    id: 'vserver-unknown-action-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/action-required',
    story: 'The handler is looked up in a table and called without a check that it exists.',
    mutate: routing((call, _, original) => original({ ...call, body: crash })),
  },
  {
    id: 'vserver-no-format-changes-nothing',
    breaks: 'slb/remove-vserver-group-backend-servers/format-default',
    story: 'Without a format the transaction is left open when the answer has been written.',
    mutate: doingNothing(of, namesNoFormat),
  },
  {
    id: 'vserver-no-format-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/format-default',
    story: 'The format is put into capitals before the code checks that there is one.',
    mutate: crashing(of, namesNoFormat),
  },
  {
    id: 'vserver-no-format-refused-too-late',
    breaks: 'slb/remove-vserver-group-backend-servers/format-default',
    story:
      'Only when the answer is written, the code notices that there is no writer for a missing format.',
    mutate: refusingAfterRemoval(of, namesNoFormat, missing('Format')),
  },
  {
    id: 'vserver-xml-in-name-only',
    breaks: 'slb/remove-vserver-group-backend-servers/media-type',
    story: 'The content type follows the parameter; the body is always JSON.',
    mutate: changingAnswer(of, (body, call) => (wantsXml(call) ? JSON.stringify(body) : body)),
  },
  {
    id: 'vserver-json-whatever-was-asked',
    breaks: 'slb/remove-vserver-group-backend-servers/media-type',
    story: 'The new gateway reads the header Accept, and no longer the parameter Format.',
    mutate: performing(of.action, (call, _, original) => {
      const { status, body } = original(call)
      const headers = { 'content-type': 'application/json;charset=utf-8' }
      return { status, headers, body: JSON.stringify(body) }
    }),
  },
  {
    id: 'vserver-xml-whatever-was-asked',
    breaks: 'slb/remove-vserver-group-backend-servers/media-type',
    story: 'One writer is built at the start and kept; it is the one for XML.',
    mutate: performing(of.action, (call, _, original) => {
      const { status, body } = original(call)
      const headers = { 'content-type': 'text/xml;charset=utf-8' }
      return { status, headers, body: xmlOf(`${of.action}Response`, body) }
    }),
  },
]

/** Another answer to a call that names a group and a list, but no existing action. */
function routing(
  answer: (call: Call, store: SlbStore, original: (call: Call) => Answer) => Answer,
): SlbChange {
  return together(
    deciding('slb/gateway/mandatory-parameters', (call, _, original) =>
      hasNoAction(call) ? undefined : original,
    ),
    performing(onRefusal, (call, store, original) =>
      call.body === actionUnknown && of.holder(call, store)
        ? answer(call, store, original)
        : original(call),
    ),
  )
}

function hasNoAction({ parameters }: Call): boolean {
  return !parameters['Action']
}

function namesNoFormat({ parameters }: Call): boolean {
  return parameters['Format'] === undefined
}
