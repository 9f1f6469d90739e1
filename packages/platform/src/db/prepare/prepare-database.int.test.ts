import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { queryAsAdmin } from '@ai-crm/testing/database'
import { afterAll, beforeEach, expect, inject, it } from 'vitest'
import { openDatabase } from '../open-database.ts'
import { serviceDatabaseUrl } from '../service-database-url.ts'
import { type PreparedDatabase, prepareDatabase } from './prepare-database.ts'

const cluster = inject('testCluster')
const directory = mkdtempSync(path.join(tmpdir(), 'migrations-'))
const migrations = pathToFileURL(`${directory}/`)
const write = (name: string, sql: string): void => writeFileSync(path.join(directory, name), sql)
const databases: string[] = []
let database = ''

beforeEach(() => {
  database = `prepare_${databases.length}_${process.pid}`
  databases.push(database)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory)
  write('0001_thing.sql', "create table sample.thing (organization_id uuid primary key); select platform.protect_tenant_table('sample.thing');")
})
afterAll(async () => {
  for (const name of databases) await queryAsAdmin(cluster, `drop database if exists ${name} with (force)`)
  rmSync(directory, { recursive: true })
})

const prepare = (masterSecret = cluster.masterSecret): Promise<PreparedDatabase> =>
  prepareDatabase({ adminUrl: cluster.adminUrl, masterSecret, database, services: [{ name: 'sample', migrations }] })
const tables = async () =>
  (await queryAsAdmin(cluster, "select relname from pg_class where relnamespace = 'sample'::regnamespace and relkind = 'r' order by 1", database)).map(
    (row) => row['relname'],
  )

it('prepares from nothing, then finds nothing to do', async () => {
  const first = await prepare()
  expect(first.applied.at(-1)).toBe('sample/0001_thing.sql')
  expect(first.applied[0]).toMatch(/^sample\/platform\/0001_/)
  expect((await prepare()).applied).toEqual([])
})

it('runs each migration once when several processes start together', async () => {
  const results = await Promise.all([prepare(), prepare(), prepare()])
  expect(results.filter((result) => result.applied.length > 0)).toHaveLength(1)
})

it('applies only what is new', async () => {
  await prepare()
  write('0002_more.sql', 'create table sample.more (id int)')
  expect((await prepare()).applied).toEqual(['sample/0002_more.sql'])
})

it('lets a migration of a later release set a parameter of pg_trgm, which knows nobody else than whoever has loaded it', async () => {
  await prepare()
  write('0002_search.sql', 'create function sample.find() returns int language sql set pg_trgm.word_similarity_threshold = 0.5 return 1')
  expect((await prepare()).applied).toEqual(['sample/0002_search.sql'])
})

it('refuses a changed file and changes nothing', async () => {
  await prepare()
  write('0001_thing.sql', 'create table sample.other (id int)')
  await expect(prepare()).rejects.toThrow('sample: migrations 0001_thing.sql were changed after they ran')
  expect(await tables()).not.toContain('other')
})

it('refuses two files with one number', async () => {
  write('0001_twin.sql', 'select 1')
  await expect(prepare()).rejects.toThrow('0001_twin.sql is not 000N_<name>.sql with the next number')
})

it('leaves whole migrations only when one fails midway, names it, and goes on after the cure', async () => {
  write('0002_broken.sql', 'create table sample.half (id int); select nonsense;')
  await expect(prepare()).rejects.toThrow('sample: migration 0002_broken.sql failed and was undone: column "nonsense" does not exist')
  expect(await tables()).toContain('thing')
  expect(await tables()).not.toContain('half')
  write('0002_broken.sql', 'create table sample.whole (id int)')
  expect((await prepare()).applied).toEqual(['sample/0002_broken.sql'])
})

it('runs migrations as the owner, who sees no tenant’s row', async () => {
  await prepare()
  await queryAsAdmin(cluster, 'insert into sample.thing values (gen_random_uuid())', database)
  write('0002_backfill.sql', 'create table sample.seen as select count(*)::int as rows, current_user::text as who from sample.thing')
  await prepare()
  expect(await queryAsAdmin(cluster, 'select * from sample.seen', database)).toEqual([{ rows: 0, who: 'sample_owner' }])
})

it('follows a changed master secret', async () => {
  await prepare()
  const rotated = 'another master secret of 32 bytes and more'
  const { databaseUrl } = await prepare(rotated)
  const opened = await openDatabase(serviceDatabaseUrl(databaseUrl, 'sample', 'app', rotated))
  expect(await opened.isHealthy()).toBe(true)
  await opened.close()
  await expect(openDatabase(serviceDatabaseUrl(databaseUrl, 'sample', 'app', cluster.masterSecret))).rejects.toThrow('password authentication failed')
})

it('lets no service into another service’s schema', async () => {
  const services = [
    { name: 'sample', migrations },
    { name: 'probe', migrations: new URL('../fixtures/probe/', import.meta.url) },
  ]
  const { databaseUrl } = await prepareDatabase({ ...cluster, database, services })
  const probe = await openDatabase(serviceDatabaseUrl(databaseUrl, 'probe', 'app', cluster.masterSecret))
  await expect(probe.read(null, { text: 'select * from sample.thing', values: [] })).rejects.toThrow('permission denied for schema sample')
  await expect(probe.batch(null, [{ text: 'create table mine (id int)', values: [] }])).rejects.toThrow('permission denied')
  await expect(probe.batch(null, [{ text: 'create temp table mine (id int)', values: [] }])).rejects.toThrow('permission denied')
  await probe.close()
})

it('lets plans be made for the largest organisation, not for an average one', async () => {
  await prepare()
  const tenant = (n: string) => `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`
  write(
    '0002_part.sql',
    "create table sample.part (organization_id uuid, id int, primary key (organization_id, id)); select platform.protect_tenant_table('sample.part')",
  )
  await prepare()
  const rows = `select ${tenant('0')}, n from generate_series(1, 900) n union all select ${tenant('n')}, n from generate_series(1, 100) n`
  await queryAsAdmin(cluster, `insert into sample.part ${rows}; analyze sample.part`, database)
  const [explained] = await queryAsAdmin(cluster, `explain (format json) select from sample.part where organization_id = (select ${tenant('0')})`, database)
  expect(JSON.stringify(explained)).toContain('"Plan Rows":900')
})
