/**
 * What a run was about to make, written down before it asked for it, so that `sweep` finds what a killed
 * run left behind.
 *
 * One file for each run and target, one JSON document a line, each in the file when the request goes
 * out. It holds names, ids and paths; no bodies, no headers, no secrets.
 */

import { closeSync, fsyncSync, openSync, readdirSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Spelling } from '../dialects/spelling.ts'
import { makeDirectory } from '../documents/directory.ts'
import type { Note } from '../exchange/connection.ts'
import { UsageError, type Dialect } from '../model.ts'

/** Whose journal it is; its first line. */
export interface Heading {
  readonly run: string
  readonly target: string
  readonly dialect: Dialect
  readonly endpoint: string
  /** The process that writes it, by which a run that is still going is known. */
  readonly process: { readonly id: number; readonly host: string }
  readonly began: string
}

/** One line after the first. */
export type Entry =
  /** About to be asked for. */
  | {
      readonly intent: number
      readonly kind: string
      readonly name?: string
      readonly keys?: readonly string[]
    }
  /** What came of it: it is there, it was refused, or nobody knows. */
  | { readonly of: number; readonly made: readonly string[] }
  | { readonly of: number; readonly refused: number }
  | { readonly of: number; readonly unknown: true }
  | { readonly removed: readonly string[] }
  /** The operator's hook holds a load balancer in a status; `ACTIVE` ends it. */
  | { readonly status: string; readonly loadBalancerId: string }

/** A journal that is being written. */
export interface Journal {
  readonly file: string
  readonly entries: readonly Entry[]
  /** To be told of every request of a target. */
  note(spelling: Pick<Spelling, 'creation' | 'made' | 'removals'>): Note
  /** Before the hook is asked to set a status. */
  forcing(loadBalancerId: string, status: string): void
  /** @param keep - Is there still something that only the journal knows of? */
  close(keep: boolean): void
}

/**
 * Begins a journal. The file appears with the first intent: a run that makes nothing leaves none.
 *
 * @throws {UsageError} When it cannot be written; then nothing is asked for either.
 */
export function openJournal(
  directory: string,
  about: Omit<Heading, 'process' | 'began'>,
  now: Date = new Date(),
): Journal {
  const file = join(directory, `${about.run}-${about.target}.jsonl`)
  const process_ = { id: process.pid, host: hostname() }
  const heading: Heading = { ...about, process: process_, began: now.toISOString() }
  const entries: Entry[] = []
  let descriptor: number | undefined
  let closed = false
  const write = (entry: Entry, sync = false) => {
    // What is told after the end was swept already; a new file would only mislead.
    if (closed) return
    descriptor ??= begun(file, directory, heading)
    writeSync(descriptor, `${JSON.stringify(entry)}\n`)
    // What is written outlives this process; what costs money shall outlive the machine as well.
    if (sync) fsyncSync(descriptor)
    entries.push(entry)
  }
  return {
    file,
    entries,
    note: (spelling) => noting(spelling, write),
    forcing: (loadBalancerId, status) => write({ status, loadBalancerId }),
    close: (keep) => {
      closed = true
      if (descriptor === undefined) return
      closeSync(descriptor)
      descriptor = undefined
      if (!keep) forget(file, directory)
    },
  }
}

/** Nothing is left, so there is nothing to tell; a directory that is empty now was only for this. */
function forget(file: string, directory: string): void {
  rmSync(file, { force: true })
  if (readdirSync(directory).length === 0) rmdirSync(directory)
}

function begun(file: string, directory: string, heading: Heading): number {
  try {
    makeDirectory(directory)
    const descriptor = openSync(file, 'a', 0o600)
    writeSync(descriptor, `${JSON.stringify(heading)}\n`)
    return descriptor
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new UsageError(
      `The journal cannot be written to ${directory} (${code}), and without it nothing is created. ` +
        'Name another directory with --journal.',
    )
  }
}

const dear = ['loadbalancers', 'LoadBalancer']

function noting(
  spelling: Pick<Spelling, 'creation' | 'made' | 'removals'>,
  write: (entry: Entry, sync?: boolean) => void,
): Note {
  let intents = 0
  return (purpose, request) => {
    const creation = spelling.creation(request)
    if (creation) {
      const intent = (intents += 1)
      write({ intent, ...creation }, dear.includes(creation.kind))
      return (answer) => {
        if (answer === undefined || answer.status >= 500) write({ of: intent, unknown: true })
        else if (answer.status >= 400) write({ of: intent, refused: answer.status })
        else write({ of: intent, made: spelling.made(request, answer) })
      }
    }
    // A removal that is itself the question may be answered 204 by a target that did not do it.
    const removed = purpose === 'clean-up' ? spelling.removals(request) : []
    return (answer) => {
      const gone = answer !== undefined && (answer.status < 300 || answer.status === 404)
      if (gone && removed.length > 0) write({ removed })
    }
  }
}

/** What may still be there. */
export interface Standing {
  readonly kind: string
  readonly name?: string
  /** Absent when the answer to its creation never came. */
  readonly key?: string
}

/** All that was asked for, and neither refused nor removed. */
export function standing(entries: readonly Entry[]): Standing[] {
  const open = new Map<number, Standing[]>()
  for (const entry of entries) {
    if ('intent' in entry) {
      const { intent, kind, name, keys } = entry
      const known = { kind, ...(name === undefined ? {} : { name }) }
      open.set(intent, keys ? keys.map((key) => ({ ...known, key })) : [known])
    } else if ('made' in entry) {
      const [known] = open.get(entry.of) ?? []
      if (known && entry.made.length > 0) {
        open.set(
          entry.of,
          entry.made.map((key) => ({ ...known, key })),
        )
      }
    } else if ('refused' in entry) {
      open.delete(entry.of)
    }
  }
  const removed = new Set(entries.flatMap((entry) => ('removed' in entry ? entry.removed : [])))
  return [...open.values()].flat().filter(({ key }) => key === undefined || !removed.has(key))
}

/** Every key that was ever made, whatever became of it: ids are not used twice. */
export function keysIn(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    if ('made' in entry) return entry.made
    return 'intent' in entry ? (entry.keys ?? []) : []
  })
}

/** Load balancers that the operator's hook may still hold in a status. */
export function forced(entries: readonly Entry[]): string[] {
  const statuses = new Map<string, string>()
  for (const entry of entries) {
    if ('status' in entry) statuses.set(entry.loadBalancerId, entry.status)
  }
  return [...statuses].filter(([, status]) => status !== 'ACTIVE').map(([id]) => id)
}
