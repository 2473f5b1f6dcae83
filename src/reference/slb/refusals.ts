/**
 * The refusals of the service: HTTP status, code and a short message.
 *
 * @see Common error codes of SLB, table of 2021-03-11, and the gateway's own table. The pages under
 *   test name only `SystemBusy`, so no check may expect one of these codes.
 */

import type { Refusal } from '../rule.ts'

export const pathUnknown = refusal(404, 'InvalidAction.NotFound', 'Only the path / is served.')
export const actionUnknown = refusal(
  404,
  'InvalidAction.NotFound',
  'The specified Action is not found.',
)
export const methodUnsupported = refusal(
  400,
  'UnsupportedHTTPMethod',
  'Only GET and POST are served.',
)
export const versionUnknown = refusal(400, 'InvalidVersion', 'The specified Version is not valid.')
export const keyUnknown = refusal(
  404,
  'InvalidAccessKeyId.NotFound',
  'The AccessKeyId is not found.',
)
export const signatureWrong = refusal(400, 'SignatureDoesNotMatch', 'The signature does not match.')
export const tokenUnfit = refusal(
  400,
  'InvalidSecurityToken.NotFound',
  'The SecurityToken is not found.',
)
export const nonceUsed = refusal(400, 'SignatureNonceUsed', 'The SignatureNonce was used already.')
export const timestampMalformed = refusal(
  400,
  'InvalidTimeStamp.Format',
  'The Timestamp is malformed.',
)
export const timestampExpired = refusal(
  400,
  'InvalidTimeStamp.Expired',
  'The Timestamp has expired.',
)

export const denied = refusal(403, 'Forbidden.RAM', 'The user is not authorized to operate this.')

export const regionUnknown = refusal(
  404,
  'InvalidRegionId.NotFound',
  'The specified RegionId does not exist.',
)
export const loadBalancerUnknown = refusal(
  404,
  'InvalidLoadBalancerId.NotFound',
  'The specified LoadBalancerId does not exist.',
)
export const groupUnknown = refusal(
  404,
  'InvalidParameter',
  'The specified VServerGroupId does not exist.',
)
export const listenerUnknown = refusal(
  404,
  'InvalidListenerPort.NotFound',
  'There is no such listener.',
)
export const loadBalancerBusy = refusal(
  400,
  'ServiceIsConfiguring',
  'A previous configuration is pending.',
)
export const groupBusy = refusal(
  400,
  'VServerGroupProcessing',
  'The VServer group is being configured.',
)
export const groupInUse = refusal(400, 'RspoolVipExist', 'A listener uses this VServer group.')
export const deleteProtected = refusal(
  400,
  'OperationDenied.DeleteProtectionIsOn',
  'DeleteProtection is enabled.',
)

export const listMalformed = refusal(
  400,
  'BackendServersMalformed',
  'BackendServers is not a list of objects.',
)
export const tooManyServers = refusal(
  400,
  'TooManyBackendServers',
  'BackendServers names more than 20 servers.',
)
export const weightInvalid = refusal(
  400,
  'InvalidWeight.Malformed',
  'A specified weight is not valid.',
)
export const serverNotRunning = refusal(400, 'ObtainIpFail', 'A specified server does not exist.')
export const serverUnknown = refusal(
  404,
  'InvalidServerId.NotFound',
  'The specified ServerId does not exist.',
)

/** Something that a signature needs is missing. */
export function signatureIncomplete(reason: string): Refusal {
  return refusal(400, 'IncompleteSignature', reason)
}

/** The value of a parameter is not valid. */
export function invalid(reason: string): Refusal {
  return refusal(400, 'InvalidParameter', reason)
}

/** A mandatory parameter is missing. */
export function missing(name: string): Refusal {
  return refusal(400, 'MissingParameter', `The mandatory parameter "${name}" is not supplied.`)
}

function refusal(status: number, code: string, message: string): Refusal {
  return { status, code, message }
}
