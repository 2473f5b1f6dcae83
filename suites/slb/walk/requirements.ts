/** The requirements that a walk of the `slb` dialect may find broken. */

const both = [
  'removes-named-server',
  'several-in-one-call',
  'absent-server-ignored',
  'empties',
  'durable',
  'member-and-stranger',
  'stranger-and-member',
  'duplicates-in-list',
  'missing-server-id',
  'malformed-list',
  'backend-servers-required',
  'post',
  'addable-again',
  'answer-lists-the-rest',
  'description',
  'answer-in-xml',
  'xml-equals-json',
  'request-ids-unique',
  'request.BackendServers.content.items.type',
]

const vserver = [
  'identity-server-id-and-port',
  'only-that-group',
  'default-group-untouched',
  'group-stays-when-empty',
  'eni',
  'twenty-accepted',
  'twenty-one-refused',
  'quoted-port',
  'number-port',
  'extra-fields-tolerated',
  'missing-port',
  'port-out-of-range',
  'group-required',
  'unknown-group',
  'deleted-group',
  'answer-names-the-group',
  'weights-of-the-rest-kept',
]

const byDefault = [
  'vserver-groups-untouched',
  'load-balancer-stays',
  'stored-weights-kept',
  'type-eni',
  'other-weight',
  'load-balancer-required',
  'unknown-load-balancer',
  'answer-names-the-load-balancer',
]

/** Their ids. */
export const mayBreak: readonly string[] = [
  ...[...both, ...vserver].map((name) => `slb/remove-vserver-group-backend-servers/${name}`),
  ...[...both, ...byDefault].map((name) => `slb/remove-backend-servers/${name}`),
]
