/** The ground of an `slb` check, for recipes of other projects. */

import type { SlbGround } from '../../fixtures/slb/ground.ts'
import { acceptedFields } from '../../fixtures/slb/wire-shapes.ts'
import type { OwnGround, OwnRequest } from '../../src/check/rows/own-operation.ts'
import { UsageError } from '../../src/model.ts'
import { removedLater, requestOf } from '../slb/set-up/sent.ts'

export function slbGround(slb: SlbGround): OwnGround & { readonly context: SlbGround['context'] } {
  const { context, loadBalancerId } = slb
  return {
    context,
    loadBalancerId,
    name: (what) => context.session.name(what),
    port: () => context.once('port', () => context.loadBalancer.nextPort()),
    ask: async (request) => removedLater(slb, await slb.ask(requestOf(parametersOf(request)))),
    create: async (request) => {
      const created = await context.send('arrange', requestOf(parametersOf(request)))
      return acceptedFields(removedLater(slb, created))
    },
    send: (purpose, request) => context.send(purpose, requestOf(parametersOf(request))),
    everything: () => slb.survey(),
    onCleanUp: (remove) => context.onCleanUp(remove),
  }
}

function parametersOf(request: OwnRequest): Readonly<Record<string, unknown>> {
  if ('parameters' in request) return request.parameters
  throw new UsageError('A request of slb has parameters, and neither a method nor a path.')
}
