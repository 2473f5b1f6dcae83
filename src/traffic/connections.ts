/** Connections of our own to a load balancer, each from a source address that may be named. */

import { setImmediate as turn } from 'node:timers/promises'
import { createSocket } from 'node:dgram'
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { greeting, identityIn, pathFor, type Identity, type TrafficProtocol } from './words.ts'

/** Where a load balancer takes connections. */
export interface Entry {
  readonly address: string
  readonly port: number
  readonly protocol: TrafficProtocol
}

/** One try of one client. */
export interface Try {
  readonly label: string
  /** The source address to bind; the system's choice where it is absent. */
  readonly client?: string
  /** Cookies as a browser would send them. HTTP only. */
  readonly cookies?: string
  /** The cookie that the backend server shall set. HTTP only. */
  readonly wantsCookie?: string
}

/** Who answered, or why nobody did: the code of the network's error, or the status of an answer that is not ours. */
export type Heard =
  | (Identity & {
      /** As they came: `name=value; Path=/`. */
      readonly setCookies: readonly string[]
    })
  | { readonly nobody: string }

/** Why nobody answered, where time was over. */
export const noAnswer = 'no answer in time'

/** How long one try may take. */
export const answerMilliseconds = 10_000

const mostBytes = 65_536

/** Opens a new connection, and hears who answers on it. Never rejects. */
export async function tryOnce(entry: Entry, one: Try): Promise<Heard> {
  try {
    if (entry.protocol === 'UDP') return await tryDatagram(entry, one)
    return entry.protocol === 'TCP' ? await tryStream(entry, one) : await tryRequest(entry, one)
  } catch (error) {
    return { nobody: codeOf(error) }
  }
}

/** The code of a network error; never a text of the other side. */
export function codeOf(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError' || name === 'AbortError') return noAnswer
  return code ?? name
}

/** Not an answer of a backend server of ours. */
class NotOurs extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

function heard(line: string, setCookies: readonly string[] = []): Heard {
  const identity = identityIn(line)
  if (!identity) throw new NotOurs('an answer of something else')
  const { server, connection } = identity
  return { server, connection, setCookies }
}

/** An open stream, line by line. */
export interface Stream {
  readonly first: Identity
  /** Sends a line, and waits for the one that comes back. @throws the network's error, or when time is over. */
  echo(line: string): Promise<Identity>
  close(): void
}

/** Opens a stream that stays open. @throws the network's error. */
export async function openStream(entry: Entry, { label, client }: Try): Promise<Stream> {
  const { address: host, port } = entry
  const from = client === undefined ? {} : { localAddress: client }
  const socket = connect({ host, port, noDelay: true, ...from })
  const next = linesOf(socket)
  socket.write(greeting(label))
  try {
    const first = identityIn(await next())
    if (!first) throw new NotOurs('an answer of something else')
    return {
      first,
      echo: async (line) => {
        socket.write(`${line}\n`)
        const answered = identityIn(await next())
        if (answered?.echoed !== line) throw new NotOurs('another line than was sent')
        return answered
      },
      close: () => socket.destroy(),
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** The lines that come, one for each call. */
function linesOf(socket: Socket): () => Promise<string> {
  let text = ''
  let ended: Error | undefined
  let wake: (() => void) | undefined
  const end = (error: Error) => {
    ended ??= error
    wake?.()
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text = latest(text + chunk)
    wake?.()
  })
  socket.on('error', end)
  socket.on('close', () => end(new NotOurs('closed')))
  return async () => {
    const over = performance.now() + answerMilliseconds
    for (;;) {
      const at = text.indexOf('\n')
      if (at >= 0) {
        const line = text.slice(0, at)
        text = text.slice(at + 1)
        return line
      }
      if (ended) throw ended
      const left = over - performance.now()
      if (left <= 0) {
        // On a busy machine the timer can be served before what has already come.
        await afterWhatHasCome()
        if (text.includes('\n')) continue
        throw ended ?? new NotOurs(noAnswer)
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}

/** The last lines of a text that nobody has read for long; the first of them whole. */
function latest(text: string): string {
  if (text.length <= mostBytes) return text
  const kept = text.slice(-mostBytes)
  return kept.slice(kept.indexOf('\n') + 1)
}

/** Two turns of the event loop: in the first, what has come is read. */
async function afterWhatHasCome(): Promise<void> {
  await turn()
  await turn()
}

async function tryStream(entry: Entry, one: Try): Promise<Heard> {
  const stream = await openStream(entry, one)
  stream.close()
  return { ...stream.first, setCookies: [] }
}

async function tryRequest(entry: Entry, one: Try): Promise<Heard> {
  return readAnswer(sendRequest(entry, 'who', one, false))
}

function sendRequest(
  { address: host, port }: Entry,
  what: 'who' | 'stream',
  { label, client, cookies, wantsCookie }: Try,
  agent: Agent | false,
): ClientRequest {
  const from = client === undefined ? {} : { localAddress: client }
  const headers = cookies === undefined || cookies === '' ? {} : { Cookie: cookies }
  const path = pathFor(what, label, wantsCookie)
  return request({ host, port, path, headers, agent, ...from }).end()
}

function responseOf(sent: ClientRequest): Promise<IncomingMessage> {
  sent.setTimeout(answerMilliseconds, () => sent.destroy(new NotOurs(noAnswer)))
  return new Promise((resolve, reject) => {
    sent.on('error', reject).on('response', resolve)
  })
}

async function readAnswer(sent: ClientRequest): Promise<Heard> {
  const response = await responseOf(sent)
  let text = ''
  for await (const chunk of response.setEncoding('latin1')) {
    text += String(chunk)
    if (text.length > mostBytes) break
  }
  if (response.statusCode !== 200) return { nobody: `status ${response.statusCode ?? 0}` }
  return heard(text.trimEnd(), response.headers['set-cookie'])
}

/** A client connection over which one request after another goes. */
export interface KeptAlive {
  /** Who answers the next request, and whether it went over the same client connection as the one before. */
  ask(one: Try): Promise<Heard & { readonly sameConnection: boolean }>
  close(): void
}

/** One client connection, kept open between requests where the other side allows it. */
export function keptAlive(entry: Entry): KeptAlive {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask: async (one) => {
      const sent = sendRequest(entry, 'who', one, agent)
      try {
        const answer = await readAnswer(sent)
        return { ...answer, sameConnection: sent.reusedSocket }
      } catch (error) {
        return { nobody: codeOf(error), sameConnection: sent.reusedSocket }
      }
    },
    close: () => agent.destroy(),
  }
}

/** A response that goes on: a line every few milliseconds until it is closed. */
export interface Streaming {
  readonly first: Identity
  /** Waits for lines that were sent after this moment. @throws when the response has ended, or none come. */
  more(): Promise<Identity>
  close(): void
}

/** @throws the network's error, or when the answer is not that of a backend server of ours. */
export async function openStreaming(entry: Entry, one: Try): Promise<Streaming> {
  const sent = sendRequest(entry, 'stream', one, false)
  const response = await responseOf(sent)
  // A response that was being received when the connection broke says so only there.
  const next = linesOf(response as unknown as Socket)
  sent.setTimeout(0)
  try {
    if (response.statusCode !== 200) throw new NotOurs(`status ${response.statusCode ?? 0}`)
    const first = identityIn(await next())
    if (!first) throw new NotOurs('an answer of something else')
    return {
      first,
      more: async () => {
        const since = performance.now()
        for (;;) {
          const line = identityIn(await next())
          if (!line) throw new NotOurs('an answer of something else')
          // What lay in buffers is read at once; a later line has waited for its sender.
          if (performance.now() - since >= freshMilliseconds) return line
        }
      },
      close: () => sent.destroy(),
    }
  } catch (error) {
    sent.destroy()
    throw error
  }
}

/** Longer than lines lie in buffers, and a few times the pause between two lines. */
const freshMilliseconds = 60

/** Three datagrams at most: any of them may be lost. */
const datagrams = 3

async function tryDatagram({ address, port }: Entry, { label, client }: Try): Promise<Heard> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  try {
    return await new Promise<Heard>((resolve, reject) => {
      let sent = 0
      const send = () => {
        if ((sent += 1) > datagrams) return reject(new NotOurs(noAnswer))
        socket.send(greeting(label), port, address)
        timer = setTimeout(send, answerMilliseconds / datagrams / 2 ** (datagrams - sent))
        return undefined
      }
      let timer: NodeJS.Timeout | undefined
      socket.on('error', reject)
      socket.on('message', (message) => {
        clearTimeout(timer)
        const identity = identityIn(message.toString('latin1').trimEnd())
        if (identity) resolve({ ...identity, setCookies: [] })
        else reject(new NotOurs('an answer of something else'))
      })
      socket.bind({ port: 0, ...(client === undefined ? {} : { address: client }) }, send)
    })
  } finally {
    socket.close()
  }
}
