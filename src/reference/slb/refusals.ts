/**
 * The words the service has for saying no: HTTP status, code and a short message.
 *
 * @see Common error codes of SLB, table of 2021-03-11, and the gateway's own table. The pages under
 *   test name only `SystemBusy`, so no check may insist on any of these codes.
 */

import type { Refusal } from '../rule.ts'

export const pathUnknown = no(404, 'InvalidAction.NotFound', 'Only the path / is served.')
export const actionUnknown = no(404, 'InvalidAction.NotFound', 'The specified Action is not found.')
export const methodUnsupported = no(400, 'UnsupportedHTTPMethod', 'Only GET and POST are served.')
export const versionUnknown = no(400, 'InvalidVersion', 'The specified Version is not valid.')
export const keyUnknown = no(404, 'InvalidAccessKeyId.NotFound', 'The AccessKeyId is not found.')
export const signatureWrong = no(400, 'SignatureDoesNotMatch', 'The signature does not match.')
export const tokenUnfit = no(
  400,
  'InvalidSecurityToken.NotFound',
  'The SecurityToken is not found.',
)
export const nonceUsed = no(400, 'SignatureNonceUsed', 'The SignatureNonce was used already.')
export const timestampMalformed = no(400, 'InvalidTimeStamp.Format', 'The Timestamp is malformed.')
export const timestampExpired = no(400, 'InvalidTimeStamp.Expired', 'The Timestamp has expired.')

export const regionUnknown = no(
  404,
  'InvalidRegionId.NotFound',
  'The specified RegionId does not exist.',
)
export const loadBalancerUnknown = no(
  404,
  'InvalidLoadBalancerId.NotFound',
  'The specified LoadBalancerId does not exist.',
)
export const groupUnknown = no(
  404,
  'InvalidParameter',
  'The specified VServerGroupId does not exist.',
)
export const listenerUnknown = no(404, 'InvalidListenerPort.NotFound', 'There is no such listener.')
export const loadBalancerBusy = no(
  400,
  'ServiceIsConfiguring',
  'A previous configuration is pending.',
)
export const groupBusy = no(400, 'VServerGroupProcessing', 'The VServer group is being configured.')
export const groupInUse = no(400, 'RspoolVipExist', 'A listener uses this VServer group.')
export const deleteProtected = no(
  400,
  'OperationDenied.DeleteProtectionIsOn',
  'DeleteProtection is enabled.',
)

export const listMalformed = no(
  400,
  'BackendServersMalformed',
  'BackendServers is not a list of objects.',
)
export const tooManyServers = no(
  400,
  'TooManyBackendServers',
  'BackendServers names more than 20 servers.',
)
export const weightInvalid = no(400, 'InvalidWeight.Malformed', 'A specified weight is not valid.')
export const serverNotRunning = no(400, 'ObtainIpFail', 'A specified server does not exist.')
export const serverUnknown = no(
  404,
  'InvalidServerId.NotFound',
  'The specified ServerId does not exist.',
)

/** Something that a signature needs is not there. */
export function signatureIncomplete(reason: string): Refusal {
  return no(400, 'IncompleteSignature', reason)
}

/** What a parameter holds is not what it may hold. */
export function invalid(reason: string): Refusal {
  return no(400, 'InvalidParameter', reason)
}

/** A parameter that the call cannot do without is not there. */
export function missing(name: string): Refusal {
  return no(400, 'MissingParameter', `The mandatory parameter "${name}" is not supplied.`)
}

function no(status: number, code: string, message: string): Refusal {
  return { status, code, message }
}
