/**
 * What the pages allow, as controls and fixtures name it when it is refused.
 *
 * The same words wherever the same is asked, so that a report shows it as one cause.
 */
export const allowed = {
  update: 'an update of the description of a pool',
  deletion: 'the deletion of a pool that nothing uses',
  removal: 'the removal of a backend server',
  severalFields: 'an update of name, description and lb_algorithm together',
  adminStateUp: 'admin_state_up true',
  httpCookie: 'session persistence of the type HTTP_COOKIE',
  appCookie: 'session persistence of the type APP_COOKIE with a cookie name',
  sourceIp: 'session persistence of the type SOURCE_IP',
  persistenceOff: 'null for session_persistence',
  timeout: 'a persistence_timeout within its range',
} as const

/** A value of a field that the page allows. */
export function allowedValue(field: string): string {
  return field === 'persistence_timeout' ? allowed.timeout : `a valid value of ${field}`
}
