import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))

/** The real program, which is started again whenever it dies: each time to die at the next point, and after the last one to live. */
export class MortalProgram {
  readonly #environment: Readonly<Record<string, string>>
  readonly #points: readonly string[]
  #child: ChildProcess | null = null
  #output = ''
  #isStopping = false
  #deaths = 0

  constructor(environment: Readonly<Record<string, string>>, points: readonly string[]) {
    this.#environment = environment
    this.#points = points
  }

  get output(): string {
    return this.#output
  }

  /** How often it has killed itself. */
  get deaths(): number {
    return this.#deaths
  }

  /** The points at which it died, in order. */
  get reached(): readonly string[] {
    return this.#points.slice(0, this.#deaths)
  }

  start(): void {
    const point = this.#points[this.#deaths]
    const child = spawn(process.execPath, ['apps/server/src/main.ts', '--allow-failpoints'], {
      cwd: repository,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...this.#environment, ...(point ? { FAILPOINTS: `${point}=exit` } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-200_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('exit', (code, signal) => {
      if (this.#isStopping) return
      if (signal === 'SIGKILL') this.#deaths += 1
      else keep(Buffer.from(`ended with ${code ?? signal}\n`))
      this.start()
    })
    this.#child = child
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
}
