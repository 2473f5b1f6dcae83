/** The collection that `prove` asks: every mutant and every variant of every dialect, and the reference. */

import type { Dialect } from '../model.ts'
import type { Collection, Specimen } from '../prove/specimen.ts'
import type { Target } from '../target.ts'
import { directWire, socketWire } from '../wire/wire.ts'
import { dialectServers, settlingMilliseconds, type Server } from './dialect-servers.ts'
import { referenceEnvironment, referenceTarget } from './embedded.ts'
import { listen } from './server.ts'

const dialects: readonly Dialect[] = ['elb', 'slb']

/** The module that `collection` is exported from, for code that has to load it elsewhere. */
export const collectionModule = import.meta.url

export const collection: Collection = {
  mutants: dialects.flatMap((dialect) =>
    dialectServers[dialect].mutants.map(({ id, breaks, story, foundElsewhere }) => ({
      dialect,
      id,
      breaks,
      story,
      ...(foundElsewhere === undefined ? {} : { foundElsewhere }),
    })),
  ),
  variants: dialects.flatMap((dialect) =>
    dialectServers[dialect].variants.map(({ id, allowedBy }) => ({ dialect, id, allowedBy })),
  ),
  reference: async (dialect, asynchronous) =>
    specimen(dialect, dialectServers[dialect].plain(asynchronous ? settlingMilliseconds : 0)),
  mutant: async (dialect, ids) => specimen(dialect, dialectServers[dialect].mutant(ids)),
  variant: async (dialect, id) =>
    undeclared(await specimen(dialect, dialectServers[dialect].variant(id))),
}

/** In this process and without a socket, unless the difference is visible only on a socket. */
async function specimen(dialect: Dialect, server: Server): Promise<Specimen> {
  const { reference } = server
  return {
    ...(await reached(dialect, server)),
    environment: referenceEnvironment,
    setProvisioningStatus: (id, status) => {
      reference.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
    inventory: () => reference.inventory(),
  }
}

async function reached(
  dialect: Dialect,
  { reference, carry, asynchronousMilliseconds }: Server,
): Promise<Pick<Specimen, 'target' | 'wire' | 'close'>> {
  const target = (endpoint: string) =>
    hurried(referenceTarget(dialect, endpoint, { asynchronousMilliseconds }))
  if (carry === undefined) {
    const wire = directWire(reference)
    return { target: target('http://reference.invalid'), wire, close: nothingToClose }
  }
  const listening = await listen(reference, 0, carry)
  const { wire, close } = socketWire(16)
  return {
    target: target(listening.endpoint),
    wire,
    close: async () => void (await Promise.all([close(), listening.close()])),
  }
}

function nothingToClose(): Promise<void> {
  return Promise.resolve()
}

/** The servers are local, so pauses are short; deadlines are long, because the machine may be busy. */
function hurried(target: Target): Target {
  const patience = { patienceSeconds: 60, settleSeconds: 60 }
  const pauses = { pollSeconds: 0.02, lastingSeconds: 2 * (settlingMilliseconds / 1000) }
  return { ...target, limits: { ...target.limits, ...patience, ...pauses } }
}

/** The same without a profile: the run has to find out what the target offers. */
function undeclared({ target: { profile: _declared, ...target }, ...rest }: Specimen): Specimen {
  return { ...rest, target }
}
