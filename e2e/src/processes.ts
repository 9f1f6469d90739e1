import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** A limit for what hangs: eleven that start at once on a busy machine took a minute. */
const READY_MS = 180_000
/** A look costs as much of a processor as is missing to whoever starts. */
const BETWEEN_LOOKS_MS = 200

/** Of `npm run test:late`: everything comes late in each process of the product. */
const lateness = (): Record<string, string> => (process.env['LATENESS_MS'] ? { LATENESS_MS: process.env['LATENESS_MS'], NODE_ENV: 'test' } : {})

/** One process of the program, started as a user would, that can be killed and started again. */
export class ProgramProcess {
  readonly name: string
  readonly port: number
  readonly #args: readonly string[]
  readonly #environment: Readonly<Record<string, string>>
  #child: ChildProcess | null = null
  #output = ''

  constructor(name: string, port: number, args: readonly string[], environment: Readonly<Record<string, string>>) {
    this.name = name
    this.port = port
    this.#args = args
    this.#environment = environment
  }

  /** What it printed, newest last: shown when a journey fails. */
  get output(): string {
    return this.#output
  }

  /** Resolves once `/readyz` says so. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['apps/server/src/main.ts', ...this.#args], {
      cwd: repository,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...lateness(), ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-100_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    this.#child = child
    await this.#untilReady(child)
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const readyUrl = `http://127.0.0.1:${this.#environment['OPS_PORT']}/readyz`
    for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await pause(BETWEEN_LOOKS_MS)) {
      if (child.exitCode !== null) throw new Error(`${this.name} ended with ${child.exitCode}:\n${this.#output}`)
      const isReady = await fetch(readyUrl).then(
        (response) => response.ok,
        () => false,
      )
      if (isReady) return
    }
    throw new Error(`${this.name} was not ready within ${READY_MS / 1000} s:\n${this.#output}`)
  }

  /** SIGKILL, as by a crash or the kernel. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** SIGTERM, as by an orchestrator; answers the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    return child.exitCode
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Polls until `look` answers something else than undefined; the error says what was waited for. */
export async function until<Result>(what: string, look: () => Promise<Result | undefined>, timeoutMs = 30_000): Promise<Result> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await pause(50)) {
    const result = await look()
    if (result !== undefined) return result
  }
  throw new Error(`Waited ${timeoutMs} ms in vain: ${what}.`)
}
