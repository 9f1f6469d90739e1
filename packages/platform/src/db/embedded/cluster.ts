import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Runner } from './unprivileged.ts'

export const SUPERUSER = 'postgres'

/** The database cluster in `<dataDir>/cluster`, created at the first start. Returns its directory. */
export function createClusterOnce(dataDir: string, runner: Runner): string {
  const cluster = path.join(dataDir, 'cluster')
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return cluster

  // Made beside and renamed: a crash midway leaves no half of a cluster under the real name.
  const unfinished = `${cluster}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  initialise(unfinished, superuserPassword(dataDir), dataDir, runner)
  renameSync(unfinished, cluster)
  return cluster
}

/** Random, made at the first start, readable for the owner only. */
export function superuserPassword(dataDir: string): string {
  const file = path.join(dataDir, 'superuser-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

function initialise(directory: string, password: string, dataDir: string, runner: Runner): void {
  // initdb wants a real file and reads it as the server's user.
  const passwordFile = path.join(dataDir, `initdb-password-${process.pid}`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  runner.own(passwordFile)
  try {
    const { file, args } = runner.command(runner.binaries.initdb, [
      '-D',
      directory,
      '-U',
      SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
    ])
    const { status, stderr, error } = spawnSync(file, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`PostgreSQL could not create its data directory ${directory}:\n${error?.message ?? stderr}`)
  } finally {
    rmSync(passwordFile)
  }
}
