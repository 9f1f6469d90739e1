import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import { binariesIn, type PostgresBinaries } from './binaries.ts'

/** How PostgreSQL, which refuses root, is run here. */
export interface Runner {
  readonly binaries: PostgresBinaries
  /** The command line that starts `executable` without privileges and ends it when this process dies. */
  command(executable: string, args: readonly string[]): { file: string; args: string[] }
  /** Lets the server's user own a file or directory. */
  own(file: string): void
}

const NOBODY = 65_534
const USER_NAMESPACE = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]
// INT is PostgreSQL's fast shutdown: it stops cleanly even when Node was killed with -9.
const STOP_WITH_PARENT = ['--pdeathsig', 'INT']

const succeeds = (file: string, args: readonly string[]): boolean => spawnSync(file, args, { stdio: 'ignore' }).status === 0
const keepOwner = (): void => {}

/** Tries, as root: a user namespace (works below a 0700 directory too), the user nobody, nobody with a copy of the binaries. */
export function chooseRunner(binaries: PostgresBinaries, dataDir: string): Runner {
  const canStopWithParent = process.platform === 'linux' && succeeds('setpriv', [...STOP_WITH_PARENT, 'true'])
  if (process.getuid?.() !== 0) return directRunner(binaries, canStopWithParent)
  if (canStopWithParent && succeeds('unshare', [...USER_NAMESPACE, 'true'])) return namespaceRunner(binaries)
  if (!canStopWithParent) throw new Error('PostgreSQL does not run as root, and setpriv is missing. Start as another user, or set DATABASE_URL.')
  return nobodyRunner(binaries, dataDir)
}

function directRunner(binaries: PostgresBinaries, canStopWithParent: boolean): Runner {
  return {
    binaries,
    command: (executable, args) =>
      canStopWithParent ? { file: 'setpriv', args: [...STOP_WITH_PARENT, executable, ...args] } : { file: executable, args: [...args] },
    own: keepOwner,
  }
}

function namespaceRunner(binaries: PostgresBinaries): Runner {
  return {
    binaries,
    command: (executable, args) => ({ file: 'unshare', args: [...USER_NAMESPACE, 'setpriv', ...STOP_WITH_PARENT, executable, ...args] }),
    own: keepOwner,
  }
}

function nobodyRunner(binaries: PostgresBinaries, dataDir: string): Runner {
  const asNobody = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups']
  chownSync(dataDir, NOBODY, NOBODY)
  if (!succeeds('setpriv', [...asNobody, 'test', '-w', dataDir]))
    throw new Error(`PostgreSQL does not run as root, and the user nobody cannot reach ${dataDir}. Start as another user, or choose another DATA_DIR.`)

  const canReachBinaries = succeeds('setpriv', [...asNobody, 'test', '-x', binaries.postgres])
  return {
    binaries: canReachBinaries ? binaries : copyBinaries(binaries, dataDir),
    command: (executable, args) => ({ file: 'setpriv', args: [...asNobody, ...STOP_WITH_PARENT, executable, ...args] }),
    own: (file) => chownSync(file, NOBODY, NOBODY),
  }
}

function copyBinaries(binaries: PostgresBinaries, dataDir: string): PostgresBinaries {
  const copy = path.join(dataDir, 'binaries')
  if (!existsSync(copy)) cpSync(binaries.root, copy, { recursive: true, verbatimSymlinks: true })
  return binariesIn(copy)
}
