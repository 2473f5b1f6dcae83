/** The three algorithms. */

import { createHash } from 'node:crypto'
import type { ServerView } from './configuration.ts'

interface Counts {
  readonly turns: Map<string, number>
  readonly open: Map<string, number>
}

type Servers = readonly ServerView[]

/** Smooth weighted round robin: in every run of as many connections as all weights together, each has its share. */
export function weightedRoundRobin(
  servers: Servers,
  _client: string,
  { turns }: Counts,
): ServerView | undefined {
  const total = servers.reduce((sum, { weight }) => sum + weight, 0)
  for (const { key, weight } of servers) turns.set(key, (turns.get(key) ?? 0) + weight)
  const next = greatest(servers, ({ key }) => turns.get(key) ?? 0)
  if (next) turns.set(next.key, (turns.get(next.key) ?? 0) - total)
  return next
}

/** The server with the fewest open connections for its weight; among equals, round robin. */
export function leastConnections(
  servers: Servers,
  client: string,
  counts: Counts,
): ServerView | undefined {
  const load = ({ key, weight }: ServerView) => (counts.open.get(key) ?? 0) / Math.max(weight, 1)
  const least = Math.min(...servers.map(load))
  return weightedRoundRobin(
    servers.filter((server) => load(server) === least),
    client,
    counts,
  )
}

/** Rendezvous hashing: when a server goes, only its own clients move. Weights have no effect. */
export function sourceHash(servers: Servers, client: string): ServerView | undefined {
  return greatest(servers, ({ key }) => hashOf(`${client} ${key}`))
}

/** A number that looks random, the same for the same text. */
export function hashOf(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32BE(0)
}

function greatest(servers: Servers, value: (server: ServerView) => number): ServerView | undefined {
  let best: ServerView | undefined
  for (const server of servers) {
    if (best === undefined || value(server) > value(best)) best = server
  }
  return best
}
