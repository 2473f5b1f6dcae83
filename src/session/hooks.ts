/** Hooks: the operator's own commands or requests, named in the target file. */

import { parseArgsStringToArgv } from 'string-argv'
import { shownAddress } from '../documents/shown-text.ts'
import { isPlausibleId } from '../dialects/objects.ts'
import { pauseBefore, pauseUnless } from '../exchange/retry.ts'
import { Unarranged } from '../model.ts'
import type { Target } from '../target.ts'
import { deadline } from '../wire/deadline.ts'
import { whyOver } from '../wire/network-error.ts'
import type { Wire } from '../wire/wire.ts'
import { runCommand } from './hook-command.ts'
import type { Journal } from './journal.ts'

/** Brings a load balancer into a provisioning status. */
export type SetProvisioningStatus = (loadBalancerId: string, status: string) => Promise<void>

/** How long a hook may take. */
export interface HookTime {
  /** Each time that it is used: as a request of the target may. */
  readonly requestSeconds: number
  /** Aborted when nothing is forced any more: at the time limit of the run, or when it is stopped. */
  readonly over?: AbortSignal
  /** Aborted when nothing is released any more: at the time limit of clean-up. */
  readonly end?: AbortSignal
}

/** A load balancer that stays in another status takes no writes and cannot be removed. */
const attemptsToRelease = 4

/** To force a status is worth another attempt: the hook may have been refused for a moment. */
const attemptsToForce = 2

/**
 * The hook that a target file names, if it names one.
 *
 * @throws {Unarranged} From the hook itself, when the command or the request fails, or takes too long.
 */
export function hookOf(
  { hooks }: Target,
  wire: Wire,
  time: HookTime,
): SetProvisioningStatus | undefined {
  const hook = hooks?.setProvisioningStatus
  if (hook === undefined) return undefined
  const use =
    typeof hook === 'object' && 'url' in hook ? requestHook(hook, wire) : commandHook(hook)
  return async (loadBalancerId, status) => {
    const fill: Fill = (text, encode = (value) => value) =>
      text.replaceAll(/\{(loadbalancer_id|status)\}/g, (_, name) =>
        encode(name === 'status' ? status : loadBalancerId),
      )
    const [attempts, over] =
      status === 'ACTIVE' ? [attemptsToRelease, time.end] : [attemptsToForce, time.over]
    const act = () => inTime(time.requestSeconds, over, (signal) => use(fill, signal))
    await repeated(attempts, act, over).catch((error: unknown) => {
      const { message } = error as Error
      throw new Unarranged(`The hook setProvisioningStatus failed: ${message.trim()}`)
    })
  }
}

/** A hook did not end by itself. To use it again would take as long again. */
class OutOfTime extends Error {
  override readonly name = 'OutOfTime'
}

/** @throws {OutOfTime} When the work is not done within the time, or until the signal is aborted. */
async function inTime(
  seconds: number,
  over: AbortSignal | undefined,
  act: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { signal, stop } = deadline(seconds * 1000, over)
  try {
    signal.throwIfAborted()
    await act(signal)
  } catch (error) {
    if (!signal.aborted) throw error
    throw new OutOfTime(
      over?.aborted === true
        ? `${whyOver(over)} before it had ended.`
        : `it had not ended after ${seconds} s (limits.requestSeconds), and was stopped.`,
    )
  } finally {
    stop()
  }
}

/** The hook, for ids that can be ids: what else a target says is not put into a command or an address. */
export function plausibleHook(
  hook: SetProvisioningStatus | undefined,
): SetProvisioningStatus | undefined {
  if (!hook) return undefined
  return async (loadBalancerId, status) => {
    if (!isPlausibleId(loadBalancerId)) {
      throw new Unarranged(
        `The hook setProvisioningStatus is not used for ${JSON.stringify(loadBalancerId)}, which cannot be ` +
          'the id of a load balancer.',
      )
    }
    await hook(loadBalancerId, status)
  }
}

/**
 * The hook, with each forced status in the journal before it is set, so that a later `sweep` can
 * release the load balancer.
 */
export function journalledHook(
  hook: SetProvisioningStatus | undefined,
  journal: Journal | undefined,
): SetProvisioningStatus | undefined {
  if (!hook || !journal) return hook
  return async (loadBalancerId, status) => {
    if (status !== 'ACTIVE') journal.forcing(loadBalancerId, status)
    await hook(loadBalancerId, status)
    if (status === 'ACTIVE') journal.forcing(loadBalancerId, status)
  }
}

/** Does something again until it succeeds, at growing pauses; with a status that is set twice it is the same. */
async function repeated(
  attempts: number,
  act: () => Promise<void>,
  over: AbortSignal | undefined,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (attempt === attempts || error instanceof OutOfTime) throw error
      await pauseUnless(over, pauseBefore(attempt))
    }
  }
}

/** Replaces the placeholders in a text by the id and the status, each encoded for where it goes. */
type Fill = (text: string, encode?: (value: string) => string) => string

type UseHook = (fill: Fill, signal: AbortSignal) => Promise<void>

/** Runs a command without a shell and fills in its words one by one, because ids come from the target. */
function commandHook(command: string | readonly string[]): UseHook {
  const words = typeof command === 'string' ? parseArgsStringToArgv(command) : command
  return (fill, signal) =>
    runCommand(
      words.map((word) => fill(word)),
      signal,
    )
}

function requestHook(
  { url, method = 'PUT' }: { url: string; method?: string },
  wire: Wire,
): UseHook {
  return async (fill, signal) => {
    const address = fill(url, encodeURIComponent)
    const request = { method, url: address, path: new URL(address).pathname }
    const { status } = await wire(request, () => signal)
    if (status >= 300) throw new Error(`${method} ${shownAddress(address)} answered ${status}.`)
  }
}
