import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

const STOP_TIMEOUT_MS = 20_000
const LOG_TAIL_CHARACTERS = 4_000
const SETPRIV = '/usr/bin/setpriv'

export interface ProcessSpec {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Run as this user, when we are root and the server refuses root. */
  readonly user?: string
  readonly stopSignal: 'SIGTERM' | 'SIGINT'
  isReady(): Promise<boolean>
  readonly readyWithinMs: number
}

export interface RunningProcess {
  /** Signals, waits, and kills what does not listen within 20 s. */
  stop(): Promise<void>
  kill(): Promise<void>
}

/** Starts a server and waits until it answers. It dies with us, also when we are killed with -9. */
export async function runProcess(spec: ProcessSpec): Promise<RunningProcess> {
  const [command, args] = dyingWithUs(spec)
  const child = spawn(command, args, { env: { ...process.env, ...spec.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  const keepTail = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-LOG_TAIL_CHARACTERS))
  child.stdout.on('data', keepTail)
  child.stderr.on('data', keepTail)
  const killChild = () => child.kill('SIGKILL')
  process.once('exit', killChild)
  child.once('exit', () => process.off('exit', killChild))

  const running = { stop: () => end(child, spec.stopSignal), kill: () => end(child, 'SIGKILL') }
  const error = await readyOrError(child, spec)
  if (!error) return running
  await running.kill()
  throw new Error(`${spec.command} ${error}\n${log}`)
}

function dyingWithUs(spec: ProcessSpec): [command: string, args: string[]] {
  if (!existsSync(SETPRIV)) return [spec.command, [...spec.args]]
  const identity = spec.user ? [`--reuid=${spec.user}`, `--regid=${spec.user}`, '--init-groups'] : []
  return [SETPRIV, [...identity, '--pdeathsig', spec.stopSignal.replace('SIG', ''), spec.command, ...spec.args]]
}

async function readyOrError(child: ChildProcess, spec: ProcessSpec): Promise<string | null> {
  const failed = Promise.race([
    once(child, 'error').then(([error]) => `could not be started: ${String(error)}`),
    once(child, 'exit').then(([code, signal]) => `ended at once (${String(code ?? signal)})`),
  ])
  const giveUpAt = Date.now() + spec.readyWithinMs
  while (Date.now() < giveUpAt) {
    const pause = new Promise<null>((resolve) => setTimeout(resolve, 25, null))
    const error = await Promise.race([failed, pause])
    if (error) return error
    if (await spec.isReady()) return null
  }
  return `did not answer within ${spec.readyWithinMs} ms`
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await exited
  clearTimeout(impatience)
}
