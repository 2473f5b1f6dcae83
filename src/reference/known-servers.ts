/** The servers that `prove` asks: the reference, every mutant and every variant of every dialect. */

import type { Dialect } from '../model.ts'
import {
  shortMinute,
  type KnownServers,
  type MutantInfo,
  type ServerUnderTest,
  type VariantInfo,
} from '../prove/known-servers.ts'
import type { Target } from '../target.ts'
import { directWire, socketWire } from '../wire/wire.ts'
import type { MakeDataPlane } from './data-plane/carrier.ts'
import { dataPlane } from './data-plane/index.ts'
import {
  dialectServers,
  settlingMilliseconds,
  type DialectServers,
  type Server,
} from './dialect-servers.ts'
import { hasLoopbackNetwork, referenceEnvironment, referenceTarget } from './embedded.ts'
import { listen } from './server.ts'

const dialects: readonly Dialect[] = ['elb', 'slb']

const traffic: MakeDataPlane | undefined = hasLoopbackNetwork
  ? (rules) => dataPlane({ ...rules, minute: shortMinute })
  : undefined

/** The address of this module, from which threads import `knownServers`. */
export const knownServersModule = import.meta.url

export const knownServers: KnownServers = knownServersOf(dialectServers)

/** The same of servers that were made otherwise. */
export function knownServersOf(servers: Readonly<Record<Dialect, DialectServers>>): KnownServers {
  return {
    mutants: dialects.flatMap((dialect) => infosOf(dialect, servers[dialect].mutants)),
    setUpMutants: dialects.flatMap((dialect) => infosOf(dialect, servers[dialect].setUpMutants)),
    variants: dialects.flatMap((dialect) => variantsOf(dialect, servers[dialect])),
    reference: async (dialect, asynchronous) =>
      underTest(dialect, servers[dialect].plain(asynchronous ? settlingMilliseconds : 0, traffic)),
    mutant: async (dialect, ids) => underTest(dialect, servers[dialect].mutant(ids, 0, traffic)),
    variant: async (dialect, id) =>
      withoutProfile(await underTest(dialect, servers[dialect].variant(id, 0, traffic))),
  }
}

function variantsOf(dialect: Dialect, { variants }: DialectServers): readonly VariantInfo[] {
  return variants.map(({ id, allowedBy, unasked = [], parts, takesLong }) => ({
    dialect,
    id,
    allowedBy,
    unasked,
    ...(parts === undefined ? {} : { parts }),
    ...(takesLong ? { takesLong } : {}),
  }))
}

function infosOf(dialect: Dialect, mutants: DialectServers['mutants']): readonly MutantInfo[] {
  return mutants.map(({ id, breaks, story, foundElsewhere, ...why }) => ({
    dialect,
    id,
    breaks,
    story,
    ...(foundElsewhere === undefined ? {} : { foundElsewhere }),
    takesLong: Boolean(why.takesLong ?? why.settles) || why.carries === 'slowly',
  }))
}

/** Called in this process without a socket, unless the socket is what differs. */
async function underTest(dialect: Dialect, server: Server): Promise<ServerUnderTest> {
  const { reference } = server
  return {
    ...(await reached(dialect, server)),
    environment: referenceEnvironment,
    ...(server.traffic && server.slowly ? { minute: shortMinute } : {}),
    setProvisioningStatus: (id, status) => {
      reference.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
    inventory: () => reference.inventory(),
  }
}

async function reached(
  dialect: Dialect,
  { reference, carry, asynchronousMilliseconds, traffic = false }: Server,
): Promise<Pick<ServerUnderTest, 'target' | 'wire' | 'close'>> {
  const target = (endpoint: string) =>
    withShortPauses(referenceTarget(dialect, endpoint, { asynchronousMilliseconds, traffic }))
  if (carry === undefined) {
    const wire = directWire(reference)
    const close = async () => reference.close?.()
    return { target: target('http://reference.invalid'), wire, close }
  }
  const listening = await listen(reference, { carry })
  const { wire, close } = socketWire(16)
  return {
    target: target(listening.endpoint),
    wire,
    close: async () => void (await Promise.all([close(), listening.close()])),
  }
}

/**
 * Short pauses, because the server is in this process; long deadlines, because the machine may be busy:
 * what is proved must not depend on how fast it is.
 */
function withShortPauses(target: Target): Target {
  const patience = { requestSeconds: 600, patienceSeconds: 600, settleSeconds: 60 }
  const pauses = { pollSeconds: 0.02, lastingSeconds: 2 * (settlingMilliseconds / 1000) }
  return { ...target, limits: { ...target.limits, ...patience, ...pauses } }
}

/** The same without a profile: what the server does not offer has to be found out. */
function withoutProfile({
  target: { profile: _declared, ...target },
  ...rest
}: ServerUnderTest): ServerUnderTest {
  return { ...rest, target }
}
