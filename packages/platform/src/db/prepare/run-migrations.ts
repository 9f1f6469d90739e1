import pg from 'pg'
import { roleName } from '../service-database-url.ts'
import type { MigrationFile } from './migration-files.ts'

const INSUFFICIENT = '42P01' // undefined_table: nothing was ever applied

/**
 * Brings the schema of one service to the last file, each in a transaction of its own: a crash midway leaves whole
 * migrations only. Connected as `<service>_migrate`; runs as `<service>_owner`. The caller holds the lock.
 * Rejects when an applied file was changed, or when a file is missing before an applied one.
 */
export async function runMigrations(client: pg.Client, service: string, files: readonly MigrationFile[]): Promise<readonly string[]> {
  await client.query(`set role ${roleName(service, 'owner')}; set search_path = ${service}, platform`)
  const pending = pendingMigrations(service, files, await appliedMigrations(client, service))
  // Parameters of pg_trgm, which functions of the search set, are only known to a session that has used it.
  if (pending.length > 0) await client.query('select platform.show_limit()')
  for (const file of pending) await apply(client, service, file)
  await client.query('select platform.plan_for_the_largest()')
  return pending.map((file) => file.name)
}

export interface AppliedMigration {
  readonly name: string
  readonly checksum: string
}

async function appliedMigrations(client: pg.Client, service: string): Promise<readonly AppliedMigration[]> {
  try {
    const { rows } = await client.query<AppliedMigration>(`select name, checksum from ${service}.schema_migration`)
    return rows
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== INSUFFICIENT) throw error
    await client.query(
      `create table ${service}.schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    )
    return []
  }
}

/**
 * Which files are still to run. Files that are unknown here were applied by a newer release: that one keeps the
 * schema usable for us (expand, then contract), so they are no error.
 */
export function pendingMigrations(service: string, files: readonly MigrationFile[], applied: readonly AppliedMigration[]): readonly MigrationFile[] {
  const checksums = new Map(applied.map(({ name, checksum }) => [name, checksum]))
  const changed = files.filter(({ name, checksum }) => checksums.has(name) && checksums.get(name) !== checksum)
  if (changed.length > 0)
    throw new Error(`${service}: migrations ${changed.map(({ name }) => name).join(', ')} were changed after they ran. Undo the change and write a new file.`)

  const pending = files.filter(({ name }) => !checksums.has(name))
  const late = pending.find((file) => applied.some(({ name }) => isSameSeries(name, file.name) && name > file.name))
  if (late) throw new Error(`${service}: migration ${late.name} comes before one that has run already. Give it the next number.`)
  return pending
}

const seriesOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)
const isSameSeries = (left: string, right: string): boolean => seriesOf(left) === seriesOf(right)

async function apply(client: pg.Client, service: string, { name, sql, checksum }: MigrationFile): Promise<void> {
  const record = `insert into ${service}.schema_migration (name, checksum) values (${pg.escapeLiteral(name)}, ${pg.escapeLiteral(checksum)})`
  try {
    await client.query(`begin;\n${sql}\n;${record}; commit`)
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`${service}: migration ${name} failed and was undone: ${describe(cause)}`, { cause })
  }
}

function describe(cause: unknown): string {
  if (!(cause instanceof pg.DatabaseError)) return String(cause)
  return [cause.message, cause.detail, cause.hint, cause.where].filter(Boolean).join(' · ')
}
