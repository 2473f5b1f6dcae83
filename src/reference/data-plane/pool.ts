/** One pool while it carries traffic: who takes a connection, and what becomes of those that are open. */

import { randomBytes } from 'node:crypto'
import type { PoolView, Protocol, ServerView } from './configuration.ts'
import type { Client, Memory, Moment, TrafficRules } from './rules.ts'

/** A connection to a backend server that can be ended. */
export interface Open {
  readonly server: ServerView
  readonly protocol: Protocol
  end(how: 'reset' | 'end'): void
}

const mostBindings = 100_000

/** The pool as it is followed, with what is remembered of it. */
export class LivePool {
  readonly memory: Memory = {
    turns: new Map(),
    open: new Map(),
    bindings: new Map(),
    removed: new Map(),
    notes: new Map(),
  }
  readonly #rules: TrafficRules
  readonly #now: () => number
  readonly #open = new Set<Open>()
  #view: PoolView | undefined

  constructor(rules: TrafficRules, now: () => number) {
    this.#rules = rules
    this.#now = now
  }

  /** Takes over a changed pool: at once, or as late as the rules say. */
  follow(view: PoolView | undefined): void {
    const lag = this.#rules.lag(this.#view, view)
    if (lag === 0) this.#take(view)
    else setTimeout(() => this.#take(view), lag).unref()
  }

  #take(view: PoolView | undefined): void {
    const now = this.#now()
    const kept = new Set(view?.servers.map(({ key }) => key))
    for (const server of this.#view?.servers ?? []) {
      if (!kept.has(server.key)) this.memory.removed.set(server.key, { server, at: now })
    }
    this.#view = view
    const isSmaller = [...this.memory.removed.values()].some(({ at }) => at === now)
    if (view && isSmaller) this.#endSome(this.#moment(view), kept)
  }

  #endSome(moment: Moment, kept: ReadonlySet<string>): void {
    for (const open of this.#open) {
      const fate = this.#rules.fate(open.protocol, !kept.has(open.server.key), moment)
      if (fate !== 'stays') setTimeout(() => open.end(fate.how), fate.after).unref()
    }
  }

  /** The server for a new connection, and the cookie that the load balancer sets. */
  route(client: Client, not: readonly string[] = []): Routed | undefined {
    const pool = this.#view
    if (!pool) return undefined
    const moment = this.#moment(pool)
    const key = this.#rules.keyOf(pool, client, this.memory)
    const held = key === undefined ? undefined : this.#held(moment, key)
    if (held && !not.includes(held.key)) {
      if (key !== undefined && this.#rules.renews) this.#bind(key, held, moment.now)
      return { server: held }
    }
    const candidates = this.#rules.candidates(moment).filter((one) => !not.includes(one.key))
    const server = this.#rules.pick(moment, candidates, client)
    if (!server) return undefined
    if (key !== undefined) this.#bind(key, server, moment.now)
    return { server, ...this.#cookie(moment, client, server) }
  }

  #moment(pool: PoolView): Moment {
    return { pool, memory: this.memory, now: this.#now(), minute: this.#rules.minute }
  }

  #held(moment: Moment, key: string): ServerView | undefined {
    const binding = this.memory.bindings.get(key)
    if (!binding || !this.#rules.holds(moment, binding)) return undefined
    return this.#rules.bound(moment, binding)
  }

  #bind(key: string, { key: server }: ServerView, since: number): void {
    if (this.memory.bindings.size > mostBindings) this.memory.bindings.clear()
    this.memory.bindings.set(key, { server, since })
  }

  #cookie({ pool, now }: Moment, client: Client, server: ServerView): { setCookie?: string } {
    const token = randomBytes(8).toString('hex')
    const own = this.#rules.ownCookie(pool, client, token)
    if (!own) return {}
    const cookies = { ...client.cookies, [own.name]: token }
    const key = this.#rules.keyOf(pool, { ...client, cookies }, this.memory)
    if (key !== undefined) this.#bind(key, server, now)
    return { setCookie: own.line }
  }

  /** A backend server has set cookies in its answer to a client: one of them may bind it. */
  learn(client: Client, server: ServerView, set: Readonly<Record<string, string>>): void {
    const pool = this.#view
    const name = pool && this.#rules.appCookie(pool)
    const value = set[name ?? '']
    if (!pool || name === undefined || value === undefined) return
    const cookies = { [name]: value }
    const key = this.#rules.keyOf(pool, { ...client, cookies }, this.memory)
    if (key !== undefined) this.#bind(key, server, this.#now())
  }

  /** Counts an open connection. @returns what to call when it ends. */
  opened(open: Open): () => void {
    const { key } = open.server
    const change = (by: number) =>
      void this.memory.open.set(key, (this.memory.open.get(key) ?? 0) + by)
    this.#open.add(open)
    change(1)
    return () => {
      if (this.#open.delete(open)) change(-1)
    }
  }

  /** `Set-Cookie` lines of a backend server, as they go to the client. */
  passed(lines: readonly string[]): readonly string[] {
    return this.#view ? this.#rules.passed(this.#view, lines) : lines
  }

  get servers(): readonly ServerView[] {
    return this.#view?.servers ?? []
  }
}

export interface Routed {
  readonly server: ServerView
  /** A `Set-Cookie` line. */
  readonly setCookie?: string
}
