/** A headless Chromium that opens files, driven by its debugging protocol. `CHROMIUM` names the program. */

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'undici'

/** A page in the browser. Times are in milliseconds. */
export interface Tab {
  /** Opens a file, and waits until it is loaded and its script has run. @returns how long that took. */
  open(url: string): Promise<number>
  /** The value of an expression, by JSON. */
  evaluate<Value>(expression: string): Promise<Value>
  /** Shows the page in a window of this width. */
  resize(width: number, height: number): Promise<void>
  /** The number of sheets (A4) that the page is printed on. */
  sheets(): Promise<number>
  screenshot(): Promise<Uint8Array>
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

/** Starts the browser for `use`, and ends it. */
export async function inBrowser(use: (tab: Tab) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'poolproof-chromium-'))
  const program = process.env['CHROMIUM'] ?? 'chromium'
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0']
  const browser = spawn(program, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let told = ''
      browser.once('error', reject)
      browser.once('exit', () => reject(new Error(`${program} has ended:\n${told}`)))
      browser.stderr.on('data', (data: Buffer) => {
        told += data.toString()
        const [, found] = /DevTools listening on (ws:\/\/\S+)/.exec(told) ?? []
        if (found !== undefined) resolve(found)
      })
    })
    await use(await tabOf(new URL(address).host))
  } finally {
    const ended = new Promise((resolve) => browser.once('close', resolve))
    browser.kill()
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function tabOf(host: string): Promise<Tab> {
  const answer = await fetch(`http://${host}/json/new?about:blank`, { method: 'PUT' })
  const { webSocketDebuggerUrl } = (await answer.json()) as { webSocketDebuggerUrl: string }
  const { command, once } = await connected(webSocketDebuggerUrl)
  await command('Page.enable')
  const evaluate = async <Value>(expression: string): Promise<Value> => {
    const options = { expression, returnByValue: true, awaitPromise: true }
    const { result, exceptionDetails } = await command('Runtime.evaluate', options)
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
    return (result as { value: Value }).value
  }
  return {
    evaluate,
    async open(url) {
      const started = performance.now()
      const loaded = once('Page.loadEventFired')
      await command('Page.navigate', { url })
      await loaded
      // The frame after the load: the page is drawn, and answers.
      await evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
      return performance.now() - started
    },
    async resize(width, height) {
      const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 }
      await command('Emulation.setDeviceMetricsOverride', metrics)
    },
    async sheets() {
      const { data } = await command('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69 })
      const text = Buffer.from(data as string, 'base64').toString('latin1')
      return (text.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length
    },
    async screenshot() {
      const { data } = await command('Page.captureScreenshot', { format: 'png' })
      return Buffer.from(data as string, 'base64')
    },
  }
}

async function connected(address: string) {
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('Chromium does not answer.')))
  })
  const waiting = new Map<number, (message: Message) => void>()
  const events = new Map<string, () => void>()
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    if (message.id === undefined) events.get(message.method ?? '')?.()
    else waiting.get(message.id)?.(message)
  })
  let last = 0
  return {
    command: async (method: string, params: object = {}) => {
      last += 1
      const id = last
      const answered = new Promise<Message>((resolve) => waiting.set(id, resolve))
      socket.send(JSON.stringify({ id, method, params }))
      const { result = {}, error } = await answered
      if (error) throw new Error(`${method}: ${error.message}`)
      return result
    },
    once: (method: string) => new Promise<void>((resolve) => events.set(method, resolve)),
  }
}

/** The source of a package that is to run in the page. */
export function sourceOf(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier))
}
