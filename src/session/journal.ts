/**
 * What a run was about to make, written down before it asked for it, so that `sweep` finds what a killed
 * run left behind.
 *
 * One file for each run and target, one JSON document a line, each written before the request is sent. It
 * holds names, ids and paths; no bodies, no headers, no secrets.
 */

import { closeSync, fsyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { isLoadBalancer } from '../dialects/objects.ts'
import type { Spelling } from '../dialects/spelling.ts'
import { appendLine } from '../documents/appended-line.ts'
import { makeDirectory, removeIfPossible, rmdirIfEmpty } from '../documents/directory.ts'
import type { Note } from '../exchange/connection.ts'
import { Unarranged, type Dialect, type HttpResponse } from '../model.ts'
import type { Account } from './account.ts'
import { noteRun } from './runs-in-progress.ts'
import { thisProcess, type WritingProcess } from './writing-process.ts'

/** Whose journal it is; its first line. */
export interface Heading {
  readonly run: string
  readonly target: string
  readonly dialect: Dialect
  readonly endpoint: string
  /** With whose credentials it was written. Journals of earlier versions lack it. */
  readonly account?: Account
  /** The id of the load balancer that the operator lends. */
  readonly lent?: string
  /** By which a run that is still going is known. Journals of other versions may lack it. */
  readonly process?: WritingProcess
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
      /** The key of the object that it will belong to. */
      readonly parent?: string
      /** As `Creation.fields`. Journals of earlier versions lack them. */
      readonly fields?: readonly string[]
    }
  /** The result: it exists, it was refused, or the result is unknown. */
  | { readonly of: number; readonly made: readonly string[] }
  | { readonly of: number; readonly refused: number }
  | { readonly of: number; readonly unknown: true }
  | { readonly removed: readonly string[] }
  /** Something of ours is about to get another name. */
  | { readonly renamed: string; readonly name: string }
  /** The operator's hook holds a load balancer in a status; `ACTIVE` ends it. */
  | { readonly status: string; readonly loadBalancerId: string }

/** A journal that is being written. */
export interface Journal {
  readonly file: string
  readonly entries: readonly Entry[]
  /** From now on secrets are masked in the file: ids come from the target, and could contain one. */
  mask(redact: (text: string) => string): void
  /** To be told of every request of a target. */
  note(spelling: Pick<Spelling, 'creation' | 'made' | 'removals'>): Note
  /** A look has shown that it does not exist any more. */
  removed(key: string): void
  /** Before something of ours gets another name. */
  renaming(key: string, name: string): void
  /** Before the hook is asked to set a status. */
  forcing(loadBalancerId: string, status: string): void
  /** @param keep - Is there still something that only the journal knows of? */
  close(keep: boolean): void
}

/**
 * Begins a journal. The file appears with the first intent: a run that makes nothing leaves none.
 *
 * What it is told of throws `Unarranged` when it cannot be written; then nothing is asked for either.
 */
export function openJournal(
  directory: string,
  about: Omit<Heading, 'process' | 'began'>,
  now: Date = new Date(),
  mostSeconds?: number,
): Journal {
  const file = join(directory, `${about.run}-${about.target}.jsonl`)
  const process = thisProcess(now, mostSeconds)
  const heading: Heading = { ...about, process, began: now.toISOString() }
  const entries: Entry[] = []
  let descriptor: number | undefined
  let closed = false
  let redact = asItIs
  // Only a run that can end says how long it may take.
  const forget =
    mostSeconds === undefined
      ? () => undefined
      : noteRun(about.run, about.target, { ...about, process })
  const write = (entry: Entry, sync = false) => {
    // What comes after the end was swept already; a new file would only mislead.
    if (closed) return
    descriptor ??= startedFile(file, directory, heading)
    try {
      appendLine(descriptor, JSON.stringify(entry, masking(redact)))
      // What is written outlives this process; what costs money shall outlive the machine as well.
      if (sync) fsyncSync(descriptor)
    } catch (error) {
      // What has been done already is remembered, so that this run still removes it.
      if (announcesAChange(entry)) throw unwritten(file, error)
    }
    entries.push(entry)
  }
  return {
    file,
    entries,
    mask: (by) => void (redact = by),
    note: (spelling) => notesOf(spelling, write),
    removed: (key) => write({ removed: [key] }),
    renaming: (renamed, name) => write({ renamed, name }),
    forcing: (loadBalancerId, status) => write({ status, loadBalancerId }),
    close: (keep) => {
      closed = true
      forget()
      if (descriptor === undefined) return
      closeSync(descriptor)
      descriptor = undefined
      if (!keep) deleteFile(file, directory)
    },
  }
}

const asItIs = (text: string) => text

/** For `JSON.stringify`: every text of an entry, masked. */
function masking(redact: (text: string) => string) {
  return (_key: string, value: unknown) => (typeof value === 'string' ? redact(value) : value)
}

/** Is it written before something is created, renamed or forced, and not after? */
function announcesAChange(entry: Entry): boolean {
  return 'intent' in entry || 'renamed' in entry || ('status' in entry && entry.status !== 'ACTIVE')
}

function unwritten(file: string, error: unknown): Unarranged {
  const { code = String(error) } = error as NodeJS.ErrnoException
  return new Unarranged(
    `The journal ${file} cannot be written any more (${code}), and without it nothing is created or renamed. ` +
      'Make room on the disk, or name another directory with --journal.',
  )
}

/** A directory that is empty now was only for this file. */
function deleteFile(file: string, directory: string): void {
  removeIfPossible(file)
  rmdirIfEmpty(directory)
}

function startedFile(file: string, directory: string, heading: Heading): number {
  let descriptor: number | undefined
  try {
    makeDirectory(directory)
    descriptor = openSync(file, 'a', 0o600)
    appendLine(descriptor, JSON.stringify(heading))
    return descriptor
  } catch (error) {
    // An empty file would be called a journal that has lost what was in it.
    if (descriptor !== undefined) {
      closeSync(descriptor)
      deleteFile(file, directory)
    }
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new Unarranged(
      `The journal cannot be written to ${directory} (${code}), and without it nothing is created. ` +
        'Name another directory with --journal.',
    )
  }
}

function notesOf(
  spelling: Pick<Spelling, 'creation' | 'made' | 'removals'>,
  write: (entry: Entry, sync?: boolean) => void,
): Note {
  let intents = 0
  return (purpose, request) => {
    const creation = spelling.creation(request)
    if (creation) {
      const intent = (intents += 1)
      write({ intent, ...creation }, isLoadBalancer(creation.kind))
      return (answer) => {
        if (answer === undefined || saysNothing(answer)) write({ of: intent, unknown: true })
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

/**
 * A creation may have been carried out all the same: somebody on the way did not wait for its answer.
 *
 * @see RFC 9110, sections 15.5.9 (408) and 15.6; 499 is how nginx calls a connection that was closed
 */
function saysNothing({ status }: HttpResponse): boolean {
  return status >= 500 || status === 408 || status === 499
}

/** What was asked for, and is not known to be gone. */
export interface Unremoved {
  readonly kind: string
  /** Every name that the run gave it; none where it has none. */
  readonly names: readonly string[]
  /** Absent when the answer to its creation never came. */
  readonly key?: string
  /** The key of the object that it belongs to. */
  readonly parent?: string
  /** By which it is known, beside its name. */
  readonly fields?: readonly string[]
}

/** All that was asked for, and neither refused nor removed. */
export function notRemovedIn(entries: readonly Entry[]): Unremoved[] {
  const open = new Map<number, Unremoved[]>()
  for (const entry of entries) {
    if ('intent' in entry) {
      const { intent, kind, name, keys, parent, fields } = entry
      const names = name === undefined ? [] : [name]
      const belongs = parent === undefined ? {} : { parent }
      const known = { kind, names, ...belongs, ...(fields ? { fields } : {}) }
      open.set(intent, keys ? keys.map((key) => ({ ...known, key })) : [known])
    } else if ('made' in entry) {
      const [known] = open.get(entry.of) ?? []
      if (!known || entry.made.length === 0) continue
      const made = entry.made.map((key) => ({ ...known, key }))
      open.set(entry.of, made)
    } else if ('refused' in entry) {
      open.delete(entry.of)
    } else if ('removed' in entry) {
      // Only what was there by then: a server can be put into a default group again.
      const gone = new Set(entry.removed)
      for (const [intent, some] of open) {
        open.set(
          intent,
          some.filter(({ key }) => key === undefined || !gone.has(key)),
        )
      }
    }
  }
  return [...open.values()].flat().map((one) => withAllNames(one, entries))
}

function withAllNames(one: Unremoved, entries: readonly Entry[]): Unremoved {
  const more = entries.flatMap((entry) =>
    'renamed' in entry && entry.renamed === one.key ? [entry.name] : [],
  )
  return more.length === 0 ? one : { ...one, names: [...new Set([...one.names, ...more])] }
}

/** Load balancers that the operator's hook may still hold in a status. */
export function forcedIn(entries: readonly Entry[]): string[] {
  const statuses = new Map<string, string>()
  for (const entry of entries) {
    if ('status' in entry) statuses.set(entry.loadBalancerId, entry.status)
  }
  return [...statuses].filter(([, status]) => status !== 'ACTIVE').map(([id]) => id)
}
