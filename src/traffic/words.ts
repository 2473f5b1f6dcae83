/**
 * What clients and backend servers of ours say to each other, over TCP, HTTP and UDP on one port.
 *
 * Every connection begins with a label. So a backend server counts only what a run has sent, and no health check.
 */

/** The protocols of which traffic is asked. */
export type TrafficProtocol = 'TCP' | 'UDP' | 'HTTP'

/** Says who a backend server is, and over which of its connections it says so. */
export interface Identity {
  /** Chosen anew whenever a backend server starts. */
  readonly server: string
  /** Counts the connections of that backend server; one of UDP is an address and port that sends to it. */
  readonly connection: number
}

/** The first line of a stream, and all of a datagram, from a client. */
export function greeting(label: string): string {
  return `POOLPROOF ${label}\n`
}

/** The label of a greeting; `undefined` where it is none. */
export function labelIn(line: string): string | undefined {
  return /^POOLPROOF ([\w.-]{1,64})$/.exec(line.trim())?.[1]
}

/** What every greeting begins with. HTTP never does. */
export const greetingStart = 'POOLPROOF '

/** The answer to a greeting, and to each later line of a stream: that line comes back behind it. */
export function identityLine({ server, connection }: Identity, echoed = ''): string {
  return `POOLPROOF ${server} ${connection} ${echoed}\n`
}

/** The identity in an answer, and the line that came back with it; `undefined` where it is not such an answer. */
export function identityIn(line: string): (Identity & { readonly echoed: string }) | undefined {
  const [, server, connection, echoed = ''] =
    /^POOLPROOF ([0-9a-f]{8}) (\d{1,9}) ?(.*)$/.exec(line) ?? []
  if (server === undefined) return undefined
  return { server, connection: Number(connection), echoed }
}

/** Where HTTP requests go. `cookie` is the name of the cookie that the backend server shall set. */
export function pathFor(what: 'who' | 'stream', label: string, cookie?: string): string {
  const wanted = cookie === undefined ? '' : `&cookie=${encodeURIComponent(cookie)}`
  return `/poolproof/${what}?label=${label}${wanted}`
}

/** How long a backend server of ours waits between two lines of a streaming response. */
export const streamMilliseconds = 20
