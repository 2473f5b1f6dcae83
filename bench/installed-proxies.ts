/** HAProxy and nginx as data planes of the reference: what its API stores becomes their configuration. */

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataPlane, Frontend, PoolView } from '../src/reference/data-plane/configuration.ts'
import { toldOtherwise, type BrokenFrontends } from './broken-frontends.ts'

/** What a proxy does otherwise than it should: because of its configuration, or of what it is told. */
export type Broken =
  | BrokenFrontends
  | 'weights-under-source'
  | 'connections-cut'
  | 'removal-told-late'
  | 'no-cookie'
  | 'cookie-ignored'
  | 'other-cookie'
  | 'table-lost-at-reload'
  | 'no-stick-table'
  | 'source-port-in-key'

/** How a proxy is started, and how it reads its configuration again. */
interface Proxy {
  readonly program: string
  readonly text: (frontends: readonly Frontend[], directory: string, broken?: Broken) => string
  readonly arguments: (file: string, directory: string) => readonly string[]
  readonly reload: NodeJS.Signals
}

/** The programs, where Debian installs them. */
export const programs = { haproxy: '/usr/sbin/haproxy', nginx: '/usr/sbin/nginx' }

const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so'

/** The files that a proxy needs and this machine does not have. */
export function missingFiles(name: keyof typeof programs): readonly string[] {
  const files = [programs[name], ...(name === 'nginx' ? [streamModule] : [])]
  return files.filter((file) => !existsSync(file))
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

const ownCookie = 'cookie SERVERID insert indirect nocache'

function haproxyPersistence(
  persistence: PoolView['persistence'],
  broken?: Broken,
): readonly string[] {
  const { type, minutes = 60, cookieName } = persistence ?? {}
  if (type === 'SOURCE_IP') {
    if (broken === 'no-stick-table') return []
    const [kind, key] = broken === 'source-port-in-key' ? ['integer', 'src_port'] : ['ip', 'src']
    return [`stick-table type ${kind} size 10k expire ${minutes}m`, `stick on ${key}`]
  }
  if (type === 'HTTP_COOKIE') {
    if (broken === 'no-cookie') return []
    if (broken === 'table-lost-at-reload') return cookieInTable
    return broken === 'cookie-ignored' ? [ownCookie, 'ignore-persist if TRUE'] : [ownCookie]
  }
  if (type !== 'APP_COOKIE') return []
  const name = broken === 'other-cookie' ? 'JSESSIONID' : (cookieName ?? '')
  return [stringTable, `stick store-response res.cook(${name})`, `stick match req.cook(${name})`]
}

const stringTable = 'stick-table type string len 64 size 10k expire 60m'

/** The cookie names an entry of a table, which is lost with the process that holds it. */
const cookieInTable = [
  stringTable,
  'http-request set-var(txn.sid) uuid() if !{ req.cook(SERVERID) -m found }',
  'http-response add-header Set-Cookie "SERVERID=%[var(txn.sid)]; Path=/" if { var(txn.sid) -m found }',
  'stick match req.cook(SERVERID)',
  'stick store-response var(txn.sid)',
]

const balances = { ROUND_ROBIN: 'roundrobin', LEAST_CONNECTIONS: 'leastconn', SOURCE_IP: 'source' }

function haproxyPool(
  { algorithm, persistence, servers }: PoolView,
  broken?: Broken,
): readonly string[] {
  const lines = [`balance ${balances[algorithm]}`, ...haproxyPersistence(persistence, broken)]
  const isOwn = lines.includes(ownCookie)
  // HAProxy applies weights to its hash of the source; the page says that they have no effect.
  const isWeighed = algorithm !== 'SOURCE_IP' || broken === 'weights-under-source'
  for (const { key, address, port, weight } of servers) {
    const cookie = isOwn ? ` cookie ${key}` : ''
    lines.push(`server s-${key} ${address}:${port} weight ${isWeighed ? weight : 1}${cookie}`)
  }
  return lines
}

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
      ...some('TCP').map((one, index) => nginxServer(one, `t${index}`, broken)),
      ...some('UDP').map((one, index) => nginxServer(one, `u${index}`, broken)),
      '}',
      'http { access_log off; keepalive_timeout 60s;',
      ...temporary.map((name) => `${name}_temp_path ${path(name)};`),
      ...some('HTTP').map((one, index) => nginxServer(one, `h${index}`, broken)),
      '}',
      '',
    ].join('\n')
  },
}

function nginxServer(
  { address, port, protocol, pool }: Frontend,
  name: string,
  broken?: Broken,
): string {
  if (!pool) return ''
  const isBound = pool.persistence?.type === 'SOURCE_IP' || pool.algorithm === 'SOURCE_IP'
  const method = isBound
    ? `hash $remote_addr${broken === 'source-port-in-key' ? '$remote_port' : ''};`
    : pool.algorithm === 'LEAST_CONNECTIONS'
      ? 'least_conn;'
      : ''
  const weighed = (weight: number) =>
    isBound && broken !== 'weights-under-source' ? 1 : Math.max(weight, 1)
  const servers = pool.servers.map((one) =>
    one.weight === 0 && !isBound
      ? `server ${one.address}:${one.port} down;`
      : `server ${one.address}:${one.port} weight=${weighed(one.weight)};`,
  )
  const upstream = `upstream ${name} { ${method} ${servers.join(' ')} }`
  const pass =
    protocol !== 'HTTP'
      ? `proxy_pass ${name};`
      : `location / { proxy_pass http://${name}; proxy_buffering off; proxy_http_version 1.1; }`
  const udp = protocol === 'UDP' ? ' udp' : ''
  return `${upstream}\nserver { listen ${address}:${port}${udp}; ${pass} }`
}

/** Starts a proxy with the first configuration, and lets it read each further one. */
export function installedProxy(name: keyof typeof programs, broken?: Broken): DataPlane {
  const proxy = { haproxy, nginx }[name]
  const directory = mkdtempSync(join(tmpdir(), 'poolproof-proxy-'))
  const file = join(directory, 'proxy.conf')
  let running: ChildProcess | undefined
  let written = ''
  let timer: NodeJS.Timeout | undefined
  const told = toldOtherwise(broken)
  const take = () => {
    writeFileSync(file, written)
    if (running) running.kill(proxy.reload)
    else running = spawn(proxy.program, proxy.arguments(file, directory), { stdio: 'ignore' })
  }
  return {
    follow: (frontends) => {
      const carried = frontends.filter(({ address }) => address.startsWith('127.'))
      const text = proxy.text(told(carried), directory, broken)
      // Where a fault shows only when a configuration is read, each write of the API makes a proxy read it.
      if (text === written && broken !== 'table-lost-at-reload') return
      const isSmaller = serversIn(text) < serversIn(written)
      written = text
      clearTimeout(timer)
      // Several changes in a row become one.
      timer = setTimeout(take, isSmaller && broken === 'removal-told-late' ? lateMilliseconds : 50)
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

/** Longer than traffic may take to follow in these tests. */
const lateMilliseconds = 15_000

function serversIn(text: string): number {
  return text.split(/\bserver (?:s-|\d)/).length
}
