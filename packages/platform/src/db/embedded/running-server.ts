import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const ORPHAN_STOP_TIMEOUT_MS = 15_000
const PAUSE_MS = 50

/**
 * Makes way for a new server on a cluster: waits for the server of a killed process to stop, removes the lock of
 * one that is gone, and throws when another process is using the data.
 */
export async function clearPreviousServer(cluster: string): Promise<void> {
  const lockFile = path.join(cluster, 'postmaster.pid')
  const pid = lockedBy(lockFile)
  if (pid === null) return
  // After a restart of the machine or container the number may belong to any other program.
  if (!isServerOf(pid, cluster)) return rmSync(lockFile, { force: true })

  const owner = parentOf(pid)
  if (owner !== null && owner > 1 && owner !== process.pid && isAlive(owner) && isNode(owner)) throw inUse(cluster, owner)
  await stopOrphan(pid, cluster)
}

async function stopOrphan(pid: number, cluster: string): Promise<void> {
  const deadline = Date.now() + ORPHAN_STOP_TIMEOUT_MS
  signal(pid, 'SIGINT')
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw inUse(cluster, pid)
    await sleep(PAUSE_MS)
  }
}

const inUse = (cluster: string, pid: number): Error =>
  new Error(`The data in ${path.dirname(cluster)} is in use by process ${pid}. Stop it, or choose another DATA_DIR.`)

function lockedBy(lockFile: string): number | null {
  if (!existsSync(lockFile)) return null
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 0 ? pid : null
}

function isAlive(pid: number): boolean {
  return signal(pid, 0)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false // no such process, or not ours: in both cases not a server of this cluster
  }
}

// Without /proc (macOS, Windows) whoever is alive under the lock's number counts as the server.
function isServerOf(pid: number, cluster: string): boolean {
  if (!existsSync('/proc/self/cmdline')) return isAlive(pid)
  return readProc(pid, 'cmdline').split('\0').includes(cluster)
}

function isNode(pid: number): boolean {
  return readProc(pid, 'cmdline').includes('node')
}

function parentOf(pid: number): number | null {
  // "pid (name) state ppid …"; the name may contain spaces and brackets.
  const afterName = readProc(pid, 'stat').split(') ').at(-1)
  const parent = Number(afterName?.split(' ')[1])
  return Number.isInteger(parent) ? parent : null
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // the process ended while we looked
  }
}
