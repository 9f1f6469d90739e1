import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { adminConnection } from '../service-database-url.ts'
import type { Runner } from './unprivileged.ts'

/** Recovery after a crash replays the log first. */
const READY_TIMEOUT_MS = 60_000
const FAST_SHUTDOWN_TIMEOUT_MS = 15_000
const PAUSE_MS = 20
const MAX_LOG_BYTES = 10_000_000

/** One run of the server, from spawn to exit. */
export class ServerProcess {
  readonly exited: Promise<void>
  readonly #child: ChildProcess
  readonly #logFile: string
  #hasExited = false

  constructor(runner: Runner, args: readonly string[], logFile: string) {
    this.#logFile = logFile
    const log = openSync(logFile, 'a', 0o600)
    if (statSync(logFile).size > MAX_LOG_BYTES) truncateSync(logFile)
    const command = runner.command(runner.binaries.postgres, args)
    // Detached: Ctrl-C reaches the whole process group, and the server must outlive the services.
    this.#child = spawn(command.file, command.args, { detached: true, stdio: ['ignore', log, log] })
    closeSync(log)
    this.#child.unref()
    this.exited = new Promise((resolve) => {
      const exit = () => {
        this.#hasExited = true
        resolve()
      }
      this.#child.once('exit', exit)
      this.#child.once('error', exit)
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Resolves once the server takes connections; rejects with the end of its log when it gives up. */
  async untilReady(superuserUrl: string): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS
    while (!(await canConnect(superuserUrl))) {
      if (this.#hasExited) throw new Error(`PostgreSQL did not start:\n${this.#lastLines()}`)
      if (Date.now() > deadline) throw new Error(`PostgreSQL is not ready after ${READY_TIMEOUT_MS / 1000} s:\n${this.#lastLines()}`)
      await sleep(PAUSE_MS)
    }
  }

  /** Ends connections, writes a checkpoint, exits. After too long a time without the checkpoint: the log has it all. */
  async stop(): Promise<void> {
    if (this.#hasExited) return
    this.#child.ref()
    this.#child.kill('SIGINT')
    const force = setTimeout(() => this.#child.kill('SIGQUIT'), FAST_SHUTDOWN_TIMEOUT_MS)
    await this.exited
    clearTimeout(force)
  }

  #lastLines(): string {
    return readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
  }
}

async function canConnect(superuserUrl: string): Promise<boolean> {
  const client = new pg.Client(adminConnection(superuserUrl))
  client.on('error', () => {}) // the failed attempt is the answer
  try {
    await client.connect()
    return true
  } catch {
    return false // not yet: the caller asks again
  } finally {
    await client.end()
  }
}
