/** The servers of one dialect: the reference, with a mutant or a variant chosen by id. */

import { closest, distance } from 'fastest-levenshtein'
import { Incompatible, type VariantInfo } from '../prove/known-servers.ts'
import { UsageError, type Dialect } from '../model.ts'
import type { MakeDataPlane } from './data-plane/carrier.ts'
import type { CombinedVariant, DeliveryVariant } from './delivery.ts'
import { elbErrorVariants } from './elb/variants/error.variants.ts'
import { elbMutants, elbReference, elbVariants } from './elb/index.ts'
import { elbLateVariants } from './elb/variants/late.variants.ts'
import { realOtc } from './elb/variants/real-otc.variants.ts'
import { elbTogether } from './elb/variants/together.variants.ts'
import { scopedIdVariants } from './elb/variants/scoped-ids.variants.ts'
import { frontVariants } from './variants/front.variants.ts'
import { together, UnknownRule, type Change, type Mutant, type Variant } from './mutant.ts'
import type { Carry, Reference } from './server.ts'
import { slbMutants, slbReference, slbVariants } from './slb/index.ts'
import { realAlibaba } from './slb/variants/real-alibaba.variants.ts'
import { slbLateVariants } from './slb/variants/late.variants.ts'
import { slbErrorVariants } from './slb/variants/error.variants.ts'
import { elbRowMutants, elbSetUpMutants } from './elb/mutants/set-up.mutants.ts'
import { slbRowMutants, slbSetUpMutants } from './slb/mutants/set-up.mutants.ts'
import type { FaultyRows } from './set-up-mutants.ts'
import { slbTogether } from './slb/variants/together.variants.ts'
import { slbXmlVariants } from './slb/variants/xml.variants.ts'
import { socketVariants } from './variants/socket.variants.ts'
import { timeVariants, type TimeVariant } from './variants/settling-time.variants.ts'

/** A fresh server, and how it has to be reached. */
export interface Server {
  readonly reference: Reference
  /** How its answers go over a socket, where that is the difference. */
  readonly carry?: Carry
  readonly asynchronousMilliseconds: number
  /** Does it carry traffic? */
  readonly traffic?: boolean
  /** Is it to be asked what takes minutes? */
  readonly slowly?: boolean
}

/** The servers of one dialect. */
export interface DialectServers {
  readonly mutants: readonly Omit<Mutant<never>, 'mutate'>[]
  /** Faults of operations that set-up uses. */
  readonly setUpMutants: readonly Omit<Mutant<never>, 'mutate'>[]
  readonly variants: readonly Omit<VariantInfo, 'dialect'>[]
  /** @param traffic - Makes its data plane; it carries none where absent. */
  plain(asynchronousMilliseconds: number, traffic?: MakeDataPlane): Server
  /**
   * @param atLeast - Milliseconds that writes take to settle, unless the mutant needs more.
   * @param traffic - Makes its data plane, where the fault shows in traffic.
   */
  mutant(ids: readonly string[], atLeast?: number, traffic?: MakeDataPlane): Server
  variant(id: string, atLeast?: number, traffic?: MakeDataPlane): Server
  /** The keys of all operations that the reference answers: `POST /v2.0/lbaas/pools`, `CreateVServerGroup`. */
  keys(): readonly string[]
  /** The same servers with faults made from rows of other operations, in the place of all known faults. */
  faultyIn(rows: readonly FaultyRows[]): DialectServers
}

/** Long enough to be seen as settling, short enough for many writes. */
export const settlingMilliseconds = 15

type Make<Store> = (options: {
  asynchronousMilliseconds: number
  change?: Change<Store>
  traffic?: MakeDataPlane
}) => Reference

/** What the servers of a dialect are made of. */
interface Parts<Store> {
  readonly make: Make<Store>
  readonly mutants: readonly Mutant<Store>[]
  readonly setUpMutants: readonly Mutant<Store>[]
  readonly variants: readonly AnyVariant<Store>[]
  readonly faultsOf: (rows: FaultyRows) => readonly Mutant<Store>[]
}

type AnyVariant<Store> = Variant<Store> | CombinedVariant<Store> | DeliveryVariant | TimeVariant

function serversOf<Store>(parts: Parts<Store>): DialectServers {
  const { make, mutants, setUpMutants, variants, faultsOf } = parts
  return {
    mutants,
    setUpMutants,
    variants,
    plain: (asynchronousMilliseconds, traffic) => ({
      reference: make({ asynchronousMilliseconds, ...(traffic ? { traffic } : {}) }),
      asynchronousMilliseconds,
      traffic: traffic !== undefined,
      slowly: asynchronousMilliseconds === 0,
    }),
    mutant: (ids, atLeast = 0, traffic) => {
      const meant = ids.map((id) => byId([...mutants, ...setUpMutants], id, 'mutant'))
      const needed = meant.some(({ settles }) => settles) ? settlingMilliseconds : 0
      const asynchronousMilliseconds = Math.max(atLeast, needed)
      const change = composed(meant)
      const carries = meant.some((one) => one.carries)
      const server = carrying(
        { asynchronousMilliseconds, change },
        make,
        carries ? traffic : undefined,
      )
      return { ...server, slowly: meant.some((one) => one.carries === 'slowly') }
    },
    variant: (id, atLeast = 0, traffic) =>
      varied(make, byId(variants, id, 'variant'), atLeast, traffic),
    keys: () => keysOf(make),
    faultyIn: (rows) =>
      serversOf({ ...parts, mutants: [], setUpMutants: rows.flatMap((one) => faultsOf(one)) }),
  }
}

function keysOf<Store>(make: Make<Store>): readonly string[] {
  let keys: readonly string[] = []
  make({
    asynchronousMilliseconds: 0,
    change: (behaviour) => {
      keys = behaviour.effects.map(({ on }) => on)
      return behaviour
    },
  })
  return keys
}

/** A server that carries traffic where it gets a data plane. */
function carrying<Store>(
  options: { readonly asynchronousMilliseconds: number; readonly change: Change<Store> },
  make: Make<Store>,
  traffic: MakeDataPlane | undefined,
): Server {
  const { asynchronousMilliseconds } = options
  if (!traffic) return { reference: make(options), asynchronousMilliseconds }
  return { reference: make({ ...options, traffic }), asynchronousMilliseconds, traffic: true }
}

/** In this order, or in the reverse order where only that is possible. */
function composed<Store>(mutants: readonly Mutant<Store>[]): Change<Store> {
  const changes = mutants.map(({ mutate }) => mutate)
  return (behaviour) => {
    try {
      return together(...changes)(behaviour)
    } catch (error) {
      if (changes.length < 2 || !(error instanceof UnknownRule)) throw error
    }
    try {
      return together(...changes.toReversed())(behaviour)
    } catch (error) {
      throw error instanceof UnknownRule ? new Incompatible(error.message) : error
    }
  }
}

function varied<Store>(
  make: Make<Store>,
  variant: AnyVariant<Store>,
  atLeast: number,
  traffic: MakeDataPlane | undefined,
): Server {
  const {
    change = (behaviour) => behaviour,
    carries,
    settleMilliseconds = 0,
    front = (reference) => reference,
    carry,
  }: Partial<CombinedVariant<Store> & DeliveryVariant & TimeVariant> = variant
  const asynchronousMilliseconds = Math.max(atLeast, settleMilliseconds)
  const options = { asynchronousMilliseconds, change }
  const server = carrying(options, make, carries ? traffic : undefined)
  return {
    ...server,
    reference: front(server.reference),
    slowly: carries === 'slowly',
    ...(carry ? { carry: carry() } : {}),
  }
}

function byId<One extends { readonly id: string }>(
  all: readonly One[],
  id: string,
  kind: 'mutant' | 'variant',
): One {
  const found = all.find((one) => one.id === id)
  if (found) return found
  const near = closest(
    id,
    all.map((one) => one.id),
  )
  const hint = distance(near, id) <= id.length * mostMistyped ? ` Did you mean ${near}?` : ''
  throw new UsageError(`There is no ${kind} ${id}.${hint}`)
}

/** The share of its characters in which an id may differ from the known one that is suggested. */
const mostMistyped = 1 / 3

/** The servers, by dialect. */
export const dialectServers: Readonly<Record<Dialect, DialectServers>> = {
  elb: serversOf({
    make: elbReference,
    mutants: elbMutants,
    setUpMutants: elbSetUpMutants,
    faultsOf: elbRowMutants,
    variants: [
      ...elbVariants,
      ...elbErrorVariants,
      ...scopedIdVariants,
      ...elbLateVariants,
      ...frontVariants,
      ...socketVariants,
      ...timeVariants,
      ...elbTogether,
      realOtc,
    ],
  }),
  slb: serversOf({
    make: slbReference,
    mutants: slbMutants,
    setUpMutants: slbSetUpMutants,
    faultsOf: slbRowMutants,
    variants: [
      ...slbVariants,
      ...slbXmlVariants,
      ...slbErrorVariants,
      ...slbLateVariants,
      ...frontVariants,
      ...socketVariants,
      ...timeVariants,
      ...slbTogether,
      realAlibaba,
    ],
  }),
}
