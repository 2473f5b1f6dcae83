/** Faults in how the answer of RemoveBackendServers is built. */

import type { Mutant } from '../../../mutant.ts'
import { changingAnswer, changingList, serversIn } from '../../changes.ts'
import { defaultRemoval as of } from '../../removal.ts'
import { wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'

export const defaultAnswerMutants: readonly Mutant<SlbStore>[] = [
  {
    id: 'default-one-server-is-no-list',
    breaks: 'slb/remove-backend-servers/answer-nested',
    story: 'JSON is made from XML, where one element does not look like a list.',
    mutate: changingList(of, (servers) => (servers.length === 1 ? servers[0] : servers)),
  },
  {
    id: 'default-list-nested-if-one-is-left',
    breaks: 'slb/remove-backend-servers/answer-nested',
    story: 'Lists are flat in the new serializer; that of one server still comes from the old one.',
    mutate: changingAnswer(of, (body, call) =>
      serversIn(body).length === 1 || wantsXml(call)
        ? body
        : { ...body, BackendServers: serversIn(body) },
    ),
  },
  {
    id: 'default-list-keyed-by-number',
    breaks: 'slb/remove-backend-servers/answer-nested',
    story: 'A table is serialized as an object whose keys are 0, 1, 2.',
    mutate: changingList(of, (servers, call) =>
      wantsXml(call) ? servers : Object.fromEntries(servers.entries()),
    ),
  },
  {
    id: 'default-weight-as-text',
    breaks: 'slb/remove-backend-servers/number-form',
    story: 'The model of AddBackendServers, where the weight is a text, is used here too.',
    mutate: changingList(of, (servers) =>
      servers.map((server) => ({ ...server, Weight: `${Number(server['Weight'])}` })),
    ),
  },
  {
    id: 'default-wrapped',
    breaks: 'slb/remove-backend-servers/answer-bare',
    story: 'The serializer for XML needs a root, and now writes the JSON as well.',
    mutate: changingAnswer(of, (body, call) =>
      wantsXml(call) ? body : { [`${of.action}Response`]: body },
    ),
  },
  {
    id: 'default-wrapped-when-empty',
    breaks: 'slb/remove-backend-servers/answer-bare',
    story: 'The path for a load balancer without servers has a serializer of its own.',
    mutate: changingAnswer(of, (body, call) =>
      serversIn(body).length === 0 && !wantsXml(call) ? { [`${of.action}Response`]: body } : body,
    ),
  },
  {
    id: 'default-fields-under-data',
    breaks: 'slb/remove-backend-servers/answer-bare',
    story: 'The newer envelope of the gateway keeps what the service says under Data.',
    mutate: changingAnswer(of, ({ RequestId, ...Data }, call) =>
      wantsXml(call) ? { RequestId, ...Data } : { RequestId, Data },
    ),
  },
  {
    id: 'default-first-server-has-a-port',
    breaks: 'slb/remove-backend-servers/no-port',
    story: 'Listeners and servers are zipped, and the port of the listener comes along.',
    mutate: changingList(of, (servers) =>
      servers.map((server, index) => (index === 0 ? { ...server, Port: 80 } : server)),
    ),
  },
]
