/** `poolproof serve`: the reference, with a mutant or a variant if one is named. */

import { UsageError, type Dialect } from '../model.ts'
import type { Target } from '../target.ts'
import { dialectServers, type Server } from './dialect-servers.ts'
import type { MakeDataPlane } from './data-plane/carrier.ts'
import { dataPlane } from './data-plane/index.ts'
import { hasLoopbackNetwork, referenceEnvironment, referenceTarget } from './embedded.ts'
import { listen } from './server.ts'

export interface ServeFlags {
  readonly dialect: Dialect
  readonly port: number
  /** The address to listen at, loopback by default. */
  readonly host: string
  /** Milliseconds that writes take to settle. */
  readonly asynchronous: number
  /** Faults that are planted together. */
  readonly mutant?: readonly string[]
  readonly variant?: string
  /** Does it take connections on loopback, too, and carry them to backend servers there? */
  readonly traffic?: boolean
}

/** Standard output is for programs, standard error for people. */
interface Streams {
  stdout(text: string): void
  stderr(text: string): void
}

/**
 * Serves until it is closed, and prints a target file for what is served.
 *
 * @returns how to close it.
 * @throws {UsageError} When there is no such mutant or variant, it cannot carry the traffic that is asked for, or the
 *   address or the port cannot be opened.
 */
export async function serveReference(
  flags: ServeFlags,
  streams: Streams,
): Promise<() => Promise<void>> {
  const { dialect, port, host } = flags
  const { reference, carry, asynchronousMilliseconds, traffic = false } = chosen(flags)
  const how = { port, host, ...(carry ? { carry } : {}) }
  const listening = await listen(reference, how).catch((error: NodeJS.ErrnoException) => {
    throw listenError(error, flags)
  })
  if (!isLoopback(host)) streams.stderr(warning(host))
  introduce(
    referenceTarget(dialect, listening.endpoint, { asynchronousMilliseconds, traffic }),
    storyOf(flags),
    streams,
  )
  return async () => {
    await listening.close()
    await reference.close?.()
  }
}

/** The server that is asked for, with a data plane where traffic is. */
function chosen(flags: ServeFlags): Server {
  if (flags.traffic !== true) return named(flags)
  if (!isLoopback(flags.host)) {
    throw new UsageError('Traffic is carried on loopback only: leave out --host, or --traffic.')
  }
  if (!hasLoopbackNetwork) {
    throw new UsageError(
      'Traffic needs many addresses of 127.0.0.0/8, and this system has only one: leave out --traffic.',
    )
  }
  const server = named(flags, dataPlane)
  if (server.traffic === true) return server
  throw new UsageError('That mutant or variant does not show in traffic: leave out --traffic.')
}

function named(
  { dialect, asynchronous, mutant = [], variant }: ServeFlags,
  traffic?: MakeDataPlane,
): Server {
  const servers = dialectServers[dialect]
  if (mutant.length > 0 && variant !== undefined) {
    throw new UsageError(
      'A server has either mutants or a variant: leave out --mutant or --variant.',
    )
  }
  if (mutant.length > 0) return servers.mutant(mutant, asynchronous, traffic)
  return variant === undefined
    ? servers.plain(asynchronous, traffic)
    : servers.variant(variant, asynchronous, traffic)
}

/** How it differs from the reference, in a sentence; empty for the reference itself. */
function storyOf({ dialect, mutant = [], variant }: ServeFlags): string {
  const { mutants, setUpMutants, variants } = dialectServers[dialect]
  const faults = [...mutants, ...setUpMutants].filter(({ id }) => mutant.includes(id))
  if (faults.length > 0) {
    return faults.map(({ breaks, story }) => `It breaks ${breaks}: ${story}\n`).join('')
  }
  const lawful = variants.find(({ id }) => id === variant)
  return lawful ? `It is a lawful variant: ${lawful.allowedBy}\n` : ''
}

/** The target file on standard output, ready to be saved; the explanation for people on standard error. */
function introduce(target: Target, story: string, { stdout, stderr }: Streams): void {
  const exports = Object.values(target.auth).map(
    ({ env }: { env: string }) => `  export ${env}=${referenceEnvironment[env] ?? ''}\n`,
  )
  stderr(
    `The ${target.dialect} reference listens at ${target.endpoint}. Ctrl-C stops it.\n${story}` +
      `Save standard output as a target file; then, in another shell:\n${exports.join('')}` +
      '  poolproof run --target FILE\n',
  )
  stdout(`${JSON.stringify(target, null, 2)}\n`)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function warning(host: string): string {
  return (
    `Warning: with --host ${host} other machines can reach this server. Its credentials are public, so whoever ` +
    'reaches it can read and change all that it holds.\n'
  )
}

function listenError(error: NodeJS.ErrnoException, { port, host }: ServeFlags): Error {
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(error.code ?? '')) {
    return new UsageError(
      `${host} is not an address of this machine. Name one of them as --host, or leave it out for loopback.`,
    )
  }

  if (error.code === 'EADDRINUSE') {
    return new UsageError(`Port ${port} is taken. Choose another --port, or leave it out.`)
  }
  if (error.code === 'EACCES') {
    return new UsageError(`Opening port ${port} is not permitted. Choose one above 1023.`)
  }
  return error
}
