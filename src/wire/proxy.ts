/**
 * Which proxy the environment names for an address, as curl reads it.
 *
 * Lower case is preferred to upper case; `https_proxy` or `http_proxy` by the scheme of the address, else
 * `all_proxy`; none for what `no_proxy` lists: `*`, hosts, domains with their subdomains, networks
 * (`10.0.0.0/8`), each with or without a port. Loopback addresses are not an exception.
 *
 * @see curl(1), "ENVIRONMENT"
 */

import { BlockList, isIP, isIPv6 } from 'node:net'
import { UsageError } from '../model.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy's address, or `undefined` for a direct connection.
 *
 * @throws {UsageError} When the value in the environment is not the address of an HTTP proxy.
 */
export function proxyFor(address: string, environment: Environment): URL | undefined {
  const url = new URL(address)
  const scheme = url.protocol.slice(0, -1)
  const name = named(`${scheme}_proxy`, environment) ?? named('all_proxy', environment)
  if (name === undefined || isExempt(url, environment)) return undefined
  const value = environment[name] ?? ''
  const text = value.includes('://') ? value : `http://${value}`
  const proxy = URL.canParse(text) ? new URL(text) : undefined
  if (proxy && ['http:', 'https:'].includes(proxy.protocol) && proxy.hostname !== '') return proxy
  throw new UsageError(
    `The environment variable ${name} does not name an HTTP proxy. ` +
      `Set it to one, such as http://proxy.example.com:3128, or list ${url.hostname} in NO_PROXY.`,
  )
}

/** Passwords of proxies, and the form in which they are sent: secrets to mask. */
export function proxySecrets(environment: Environment): string[] {
  return ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((variable) => {
    const value = environment[named(variable, environment) ?? ''] ?? ''
    const text = value.includes('://') ? value : `http://${value}`
    if (!URL.canParse(text)) return []
    const { username, password } = new URL(text)
    if (password === '') return []
    const plain = decodeURIComponent(password)
    const basic = Buffer.from(`${decodeURIComponent(username)}:${plain}`).toString('base64')
    return [plain, basic]
  })
}

/** The variable that is set, in lower or in upper case. */
function named(variable: string, environment: Environment): string | undefined {
  return [variable, variable.toUpperCase()].find((name) => environment[name])
}

function isExempt({ hostname, port, protocol }: URL, environment: Environment): boolean {
  const value = environment[named('no_proxy', environment) ?? ''] ?? ''
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const real = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  return value
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry.toLowerCase(), host, real))
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (isIP(host) !== 0 && entry.includes('/')) return isWithin(entry, host)
  const [, name = entry, only] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? []
  if (only !== undefined && only !== port) return false
  const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '')
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`))
}

function isWithin(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.replaceAll(/[[\]]/g, '').split('/')
  const kind = isIPv6(host) ? 'ipv6' : 'ipv4'
  const most = kind === 'ipv6' ? 128 : 32
  if (isIP(address) === 0 || !/^\d+$/.test(bits) || Number(bits) > most) return false
  if (isIPv6(address) !== (kind === 'ipv6')) return false
  const list = new BlockList()
  list.addSubnet(address, Number(bits), kind)
  return list.check(host, kind)
}
