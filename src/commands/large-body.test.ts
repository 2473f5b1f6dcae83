/** A started `poolproof serve`, and a body of 300 MB. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { builtProgram } from './started-program.ts'

/** The endpoint of a started server, and its process. */
async function serving() {
  const { PATH = '' } = process.env
  const words = [builtProgram, 'serve', '--dialect', 'elb']
  const child = spawn(process.execPath, words, { env: { PATH } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.resume()
  while (!printed.endsWith('}\n')) await once(child.stdout, 'data')
  const { endpoint } = JSON.parse(printed) as { endpoint: string }
  return { endpoint, pid: child.pid ?? 0 }
}

const piece = Buffer.alloc(2 ** 20, 'x')
const pieces = 300

/** Sends the body whatever the server says, until that has closed. @returns what it said. */
async function streaming(endpoint: string, isChunked: boolean): Promise<string> {
  const { hostname, port } = new URL(endpoint)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')))
  const closed = new Promise<void>((resolve) => void socket.on('close', resolve))
  socket.on('error', () => undefined)
  const length = isChunked
    ? 'Transfer-Encoding: chunked'
    : `Content-Length: ${pieces * piece.length}`
  socket.write(`POST /v2.0/lbaas/pools HTTP/1.1\r\nHost: h\r\n${length}\r\n\r\n`)
  for (let sent = 0; sent < pieces && !socket.destroyed; sent += 1) {
    if (isChunked) socket.write(`${piece.length.toString(16)}\r\n`)
    socket.write(piece)
    const isTaken = isChunked ? socket.write('\r\n') : !socket.writableNeedDrain
    if (!isTaken) await Promise.race([once(socket, 'drain').catch(() => undefined), closed])
  }
  socket.end(isChunked ? '0\r\n\r\n' : '')
  await closed
  return heard
}

/** The most memory that a process has held so far, in megabytes; known on Linux only. */
function peakMegabytes(pid: number): number {
  if (process.platform !== 'linux') return 0
  const [, kilobytes = ''] =
    /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

test.each([
  ['whose length is announced', false],
  ['in chunks', true],
])('a body of 300 MB %s is refused, and not held in memory', async (_what, isChunked) => {
  const { endpoint, pid } = await serving()
  const ask = async () => (await fetch(`${endpoint}/v2.0/lbaas/pools`)).status
  expect(await ask()).toBe(401)
  const before = peakMegabytes(pid)
  // A server that closes while a client is still sending may reset the connection, and its answer with it.
  expect(await streaming(endpoint, isChunked)).toMatch(/^(?:HTTP\/1\.1 413 |$)/)
  expect(peakMegabytes(pid) - before).toBeLessThan(100)
  expect(await ask()).toBe(401)
})
