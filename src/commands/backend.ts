/** `poolproof backend`: a backend server for what only traffic shows, on a machine behind the load balancer. */

import { isIP } from 'node:net'
import { Command, InvalidArgumentError } from 'commander'
import { UsageError } from '../model.ts'
import { startBackend, type Backend } from '../traffic/backend.ts'
import { listenForControl } from '../traffic/control.ts'
import { wholeNumber } from './flags.ts'
import { handleSignals } from './interruption.ts'
import { streams } from './streams.ts'

interface Place {
  readonly address: string
  readonly port: number
}

interface BackendFlags {
  readonly listen: Place
  readonly control: Place
  readonly secretEnv: string
  readonly idleMinutes: number
}

const examples = `
It answers TCP, HTTP and UDP on one port with its own identity only. The run reads what it has counted over the
control port, with the secret. It stops when the run says so, or when no run has used it for a while.

Example:
  export BACKEND_SECRET=…
  poolproof backend --listen 192.168.0.11:8080 --control 192.168.0.11:8081 --secret-env BACKEND_SECRET

and in the target file:
  "traffic": { "entry": "192.168.0.0/24", "secret": { "env": "BACKEND_SECRET" },
    "servers": [{ "address": "192.168.0.11", "port": 8080, "control": 8081 }, …] }
`

export function backendCommand(): Command {
  return new Command('backend')
    .description(
      'answers connections behind a load balancer, for requirements that only traffic shows',
    )
    .requiredOption(
      '-l, --listen <address:port>',
      'where connections of the load balancer arrive',
      place,
    )
    .requiredOption('-c, --control <address:port>', 'where a run asks what was counted', place)
    .requiredOption(
      '--secret-env <name>',
      'the environment variable with the secret that the run knows',
    )
    .option('--idle-minutes <number>', 'stops after this many minutes without use', wholeNumber, 60)
    .addHelpText('after', examples)
    .action(backend)
}

/** `192.168.0.11:8080`, `[2001:db8::1]:8080`. @throws {InvalidArgumentError} */
function place(text: string): Place {
  const [, inner, plain, port = ''] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? []
  const address = inner ?? plain ?? ''
  if (isIP(address) !== 0 && Number(port) <= 65_535) return { address, port: Number(port) }
  throw new InvalidArgumentError('It must be an address and a port, for example 192.168.0.11:8080.')
}

const leastSecret = 16

async function backend(flags: BackendFlags): Promise<void> {
  const secret = process.env[flags.secretEnv] ?? ''
  if (!new RegExp(`^[!-~]{${leastSecret},}$`).test(secret)) {
    throw new UsageError(
      `The environment variable ${flags.secretEnv} must hold a secret of ${leastSecret} printable ASCII characters or more, ` +
        `without blanks: export ${flags.secretEnv}=$(openssl rand -hex 16)`,
    )
  }
  const server = await startBackend(flags.listen.address, flags.listen.port).catch(
    refusing(flags.listen),
  )
  const ended = new Stopping()
  const control = await listenForControl(server, { ...flags.control, secret }, () =>
    ended.stop(),
  ).catch(async (error: NodeJS.ErrnoException) => {
    await server.close()
    return refusing(flags.control)(error)
  })
  introduce(server, flags.control.address, control.port)
  const idle = setInterval(() => {
    if (server.idle() > flags.idleMinutes * 60_000) ended.stop()
  }, 1_000)
  handleSignals(() => ended.stop())
  await ended.stopped
  clearInterval(idle)
  await Promise.all([control.close(), server.close()])
}

/** Told to stop, by a run, by a signal, or because no run uses it. */
class Stopping {
  stop: () => void = () => undefined
  readonly stopped = new Promise<void>((resolve) => {
    this.stop = resolve
  })
}

function introduce({ id, address, port }: Backend, controlAddress: string, control: number): void {
  streams.stdout(
    `The backend server ${id} is ready at ${address}, port ${port}; it can be controlled at ${controlAddress}, port ${control}.\n`,
  )
}

function refusing({ address, port }: Place): (error: NodeJS.ErrnoException) => never {
  return ({ code = '', message }) => {
    const why =
      code === 'EADDRINUSE'
        ? 'something else listens there: end it, or name another port'
        : code === 'EADDRNOTAVAIL'
          ? 'this machine does not have that address'
          : code === 'EACCES'
            ? 'this user may not open that port: name one above 1023'
            : message
    throw new UsageError(`The backend server cannot listen at ${address}, port ${port}: ${why}.`)
  }
}
