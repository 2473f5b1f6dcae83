/** HAProxy and nginx as data planes of the reference: what its API stores becomes their configuration. */

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataPlane, Frontend, PoolView } from '../src/reference/data-plane/configuration.ts'

/** What a configuration does otherwise than it should. */
export type Broken =
  | 'weights-under-source'
  | 'connections-cut'
  | 'removal-not-told'
  | 'no-cookie'
  | 'no-stick-table'

/** How a proxy is started, and how it reads its configuration again. */
interface Proxy {
  readonly program: string
  readonly text: (frontends: readonly Frontend[], directory: string, broken?: Broken) => string
  readonly arguments: (file: string, directory: string) => readonly string[]
  readonly reload: NodeJS.Signals
}

/** The programs, where Debian installs them. */
export const programs = { haproxy: '/usr/sbin/haproxy', nginx: '/usr/sbin/nginx' }

export function isInstalled(name: keyof typeof programs): boolean {
  return existsSync(programs[name])
}

const haproxy: Proxy = {
  program: programs.haproxy,
  reload: 'SIGUSR2',
  arguments: (file) => ['-W', '-q', '-f', file],
  text: (frontends, directory, broken) =>
    [
      'global\n  nbthread 1',
      ...(broken === 'connections-cut' ? ['  hard-stop-after 100ms'] : []),
      'defaults\n  timeout connect 2s\n  timeout client 60s\n  timeout server 60s',
      // A proxy without a listener does not start.
      `frontend idle\n  mode tcp\n  bind unix@${join(directory, 'idle.sock')}`,
      ...frontends.map((one, index) => haproxySection(one, index, broken)),
      '',
    ].join('\n'),
}

function haproxySection(
  { address, port, protocol, pool }: Frontend,
  index: number,
  broken?: Broken,
): string {
  const mode = protocol === 'HTTP' ? 'http' : 'tcp'
  const lines = [`listen l${index}`, `mode ${mode}`, `bind ${address}:${port}`]
  if (pool) lines.push(...haproxyPool(pool, broken))
  return lines.join('\n  ')
}

const balances = { ROUND_ROBIN: 'roundrobin', LEAST_CONNECTIONS: 'leastconn', SOURCE_IP: 'source' }

function haproxyPool(
  { algorithm, persistence, servers }: PoolView,
  broken?: Broken,
): readonly string[] {
  const lines = [`balance ${balances[algorithm]}`]
  if (persistence?.type === 'SOURCE_IP' && broken !== 'no-stick-table') {
    lines.push(`stick-table type ip size 10k expire ${persistence.minutes}m`, 'stick on src')
  }
  const isOwn = persistence?.type === 'HTTP_COOKIE' && broken !== 'no-cookie'
  if (isOwn) lines.push('cookie SERVERID insert indirect nocache')
  if (persistence?.type === 'APP_COOKIE') {
    const name = persistence.cookieName ?? ''
    lines.push('stick-table type string len 64 size 10k expire 60m')
    lines.push(`stick store-response res.cook(${name})`, `stick match req.cook(${name})`)
  }
  // HAProxy applies weights to its hash of the source; the page says that they have no effect.
  const isWeighed = algorithm !== 'SOURCE_IP' || broken === 'weights-under-source'
  for (const { key, address, port, weight } of servers) {
    const cookie = isOwn ? ` cookie ${key}` : ''
    lines.push(`server s-${key} ${address}:${port} weight ${isWeighed ? weight : 1}${cookie}`)
  }
  return lines
}

const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so'

const nginx: Proxy = {
  program: programs.nginx,
  reload: 'SIGHUP',
  arguments: (file, directory) => ['-p', directory, '-c', file, '-e', join(directory, 'error.log')],
  text: (frontends, directory, broken) => {
    const some = (protocol: string) =>
      frontends.filter((one) => one.protocol === protocol && one.pool?.servers.length)
    const path = (name: string) => join(directory, name)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    return [
      `load_module ${streamModule};`,
      `daemon off; master_process on; worker_processes 1; pid ${path('pid')};`,
      ...(broken === 'connections-cut' ? ['worker_shutdown_timeout 100ms;'] : []),
      'events { worker_connections 4096; }',
      'stream {',
      ...some('TCP').map((one, index) => nginxServer(one, `t${index}`)),
      '}',
      'http { access_log off; keepalive_timeout 60s;',
      ...temporary.map((name) => `${name}_temp_path ${path(name)};`),
      ...some('HTTP').map((one, index) => nginxServer(one, `h${index}`)),
      '}',
      '',
    ].join('\n')
  },
}

function nginxServer({ address, port, protocol, pool }: Frontend, name: string): string {
  if (!pool) return ''
  const isBound = pool.persistence?.type === 'SOURCE_IP' || pool.algorithm === 'SOURCE_IP'
  const method = isBound
    ? 'hash $remote_addr;'
    : pool.algorithm === 'LEAST_CONNECTIONS'
      ? 'least_conn;'
      : ''
  const weighed = (weight: number) => (isBound ? 1 : Math.max(weight, 1))
  const servers = pool.servers.map((one) =>
    one.weight === 0 && !isBound
      ? `server ${one.address}:${one.port} down;`
      : `server ${one.address}:${one.port} weight=${weighed(one.weight)};`,
  )
  const upstream = `upstream ${name} { ${method} ${servers.join(' ')} }`
  const pass =
    protocol === 'TCP'
      ? `proxy_pass ${name};`
      : `location / { proxy_pass http://${name}; proxy_buffering off; proxy_http_version 1.1; }`
  return `${upstream}\nserver { listen ${address}:${port}; ${pass} }`
}

/** Starts a proxy with the first configuration, and lets it read each further one. */
export function installedProxy(name: keyof typeof programs, broken?: Broken): DataPlane {
  const proxy = { haproxy, nginx }[name]
  const directory = mkdtempSync(join(tmpdir(), 'poolproof-proxy-'))
  const file = join(directory, 'proxy.conf')
  let running: ChildProcess | undefined
  let written = ''
  let timer: NodeJS.Timeout | undefined
  let members = new Map<string, PoolView>()
  const take = () => {
    writeFileSync(file, written)
    if (running) running.kill(proxy.reload)
    else running = spawn(proxy.program, proxy.arguments(file, directory), { stdio: 'ignore' })
  }
  const told = (frontends: readonly Frontend[]) =>
    broken === 'removal-not-told' ? frontends.map((one) => withoutRemoval(one, members)) : frontends
  return {
    follow: (frontends) => {
      const carried = frontends.filter(({ address }) => address.startsWith('127.'))
      const text = proxy.text(told(carried), directory, broken)
      members = new Map(told(carried).flatMap(({ key, pool }) => (pool ? [[key, pool]] : [])))
      if (text === written) return
      written = text
      clearTimeout(timer)
      // Several changes in a row become one.
      timer = setTimeout(take, 50)
    },
    close: async () => {
      clearTimeout(timer)
      const process = running
      const isOver = process?.exitCode !== null
      const ended = new Promise<unknown>((resolve) => process?.once('exit', resolve))
      // Old workers keep open connections; the master ends them all with this.
      running?.kill('SIGTERM')
      if (process && !isOver) await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** A server that was once there stays. */
function withoutRemoval(one: Frontend, before: ReadonlyMap<string, PoolView>): Frontend {
  const { pool } = one
  if (!pool) return one
  const now = new Set(pool.servers.map(({ key }) => key))
  const gone = (before.get(one.key)?.servers ?? []).filter(({ key }) => !now.has(key))
  return { ...one, pool: { ...pool, servers: [...pool.servers, ...gone] } }
}
