/** Lawful differences in the body of a refusal: no page shows one. */

import { respelling, temporarilyBusy, type DeliveryVariant } from '../../delivery.ts'
import type { RawResponse } from '../../server.ts'
import { errorShapes, spelled, type ErrorShape } from '../error-shapes.ts'

const shapes = Object.keys(errorShapes).filter((shape) => shape !== 'neutron') as ErrorShape[]

/** Which part of a service answers, by the status of the refusal. */
const speakers: Readonly<Record<number, ErrorShape>> = {
  400: 'octavia',
  401: 'keystone',
  403: 'gateway',
  404: 'classic',
  405: 'plain',
  409: 'neutron',
}

/** What a fault of the moment is answered with. */
export const internalError: RawResponse = {
  status: 500,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    NeutronError: { type: 'HTTPInternalServerError', message: '', detail: '' },
  }),
}

/** What a web server in front of the service answers for what does not exist. */
const forbiddenPage: RawResponse = {
  status: 403,
  headers: { 'Content-Type': 'text/html; charset=iso-8859-1' },
  body: '<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>',
}

export const elbErrorVariants: readonly DeliveryVariant[] = [
  ...shapes.map((shape) => ({
    id: `errors-in-shape-${shape}`,
    allowedBy: 'No page shows the body of a refusal; services of this family have several.',
    front: changingRefusals((response) => shaped(response, shape)),
  })),
  {
    id: 'errors-in-a-shape-for-each-status',
    allowedBy: 'Gateway, identity service and load balancer each have their own form of refusal.',
    front: changingRefusals((response) => shaped(response, speakers[response.status] ?? 'neutron')),
  },
  {
    id: 'errors-without-a-body',
    allowedBy: 'No page says that a refusal has a body.',
    front: changingRefusals(({ status }) => ({ status, headers: {}, body: '' })),
  },
  {
    id: 'missing-objects-are-403-in-html',
    allowedBy: 'The status page describes 403 as a missing resource; no page shows its body.',
    front: changingRefusals((response) => (response.status === 404 ? forbiddenPage : response)),
  },
  {
    id: 'some-updates-fail-once-with-500',
    allowedBy:
      'HTTP Status Codes, Table 1: any call may meet an internal error; sent again, it gets through.',
    front: temporarilyBusy(1, internalError, ({ method }) => method === 'PUT'),
  },
  {
    id: 'many-writes-fail-once-with-500',
    allowedBy:
      'HTTP Status Codes, Table 1: any call may meet an internal error; sent again, it gets through.',
    front: temporarilyBusy(1, internalError, ({ method }) => ['PUT', 'DELETE'].includes(method), 3),
  },
]

function changingRefusals(
  change: (response: RawResponse) => RawResponse,
): NonNullable<DeliveryVariant['front']> {
  return respelling((response) => (response.status < 400 ? response : change(response)))
}

/** Converts a refusal, which the reference gives in the form of Neutron. */
export function shaped(response: RawResponse, shape: ErrorShape): RawResponse {
  const { status, headers, body } = response
  const { NeutronError } = JSON.parse(body) as { NeutronError: { type: string; message: string } }
  const { type: code, message } = NeutronError
  const requestId = headers['X-Request-Id'] ?? ''
  return { ...response, body: JSON.stringify(spelled(shape, { status, code, message }, requestId)) }
}
