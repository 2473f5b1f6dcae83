/** The ground of an `elb` check, for recipes of other projects. */

import { isFields } from '../../fixtures/elb/wire-shapes.ts'
import type { ElbGround } from '../../fixtures/elb/ground.ts'
import type { OwnGround, OwnRequest } from '../../src/check/rows/own-operation.ts'
import { below, elbRequest } from '../../src/dialects/elb.ts'
import { UsageError, type HttpRequest } from '../../src/model.ts'

type Rest = Exclude<OwnRequest, { parameters: unknown }>

export function elbGround(elb: ElbGround): OwnGround & { readonly context: ElbGround['context'] } {
  const { context, loadBalancerId } = elb
  return {
    context,
    loadBalancerId,
    name: (what) => context.session.name(what),
    port: () => context.once('port', () => context.loadBalancer.nextPort()),
    ask: (request) => {
      const { method, path, body } = restOf(request)
      if (method !== 'POST') return elb.write('ask', written(request))
      return elb.tryToCreate(below(path), wrapperOf(body), body)
    },
    create: (request) => {
      const { path, body } = restOf(request)
      return elb.arranged(below(path), wrapperOf(body), body)
    },
    send: (purpose, request) =>
      purpose === 'look'
        ? elb.send(purpose, written(request))
        : elb.write(purpose, written(request)),
    everything: () => elb.survey(),
    onCleanUp: (remove) => context.onCleanUp(remove),
  }
}

function written(request: OwnRequest): HttpRequest {
  const { method, path, body } = restOf(request)
  return elbRequest(method, below(path), body)
}

function restOf(request: OwnRequest): Rest {
  if ('path' in request) return request
  throw new UsageError('A request of elb has a method and a path, and no parameters.')
}

/** `listener` of `{"listener": {…}}`. */
function wrapperOf(body: unknown): string {
  return (isFields(body) ? Object.keys(body)[0] : undefined) ?? ''
}
