import ai from '@ai-crm/ai'
import auth from '@ai-crm/auth'
import { API_PREFIX, EXPORTING_SERVICES } from '@ai-crm/contracts'
import crm from '@ai-crm/crm'
import messaging from '@ai-crm/messaging'
import { exportedTables, looksSecret, type TableExport } from '@ai-crm/platform'
import pipeline from '@ai-crm/pipeline'
import { signUp, startService } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/cluster'
import { listTenantTables, plantRow } from '@ai-crm/testing/tenant-rows'
import webhook from '@ai-crm/webhook'
import websocket from '@ai-crm/websocket'
import { expect, it } from 'vitest'
import { exportOver, unpack, type Ask } from './exporting-fixture.ts'

const definitions = [auth, crm, messaging, ai, webhook, pipeline, websocket]
const product = await startService(auth, { together: definitions.slice(1), environment: { SMTP_PORT: '0' } })
const { database } = product
const sql = (text: string) => database.asAdmin(text)
const tables = await listTenantTables(sql)
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

async function owner(organizationName: string) {
  const person = { organizationName, name: 'Ada', email: `${crypto.randomUUID()}@export.example`, password: 'correct horse battery' }
  const { accessToken, me } = await signUp(product, person)
  await product.settle()
  const ask: Ask = async (method, path) => {
    const headers = { authorization: `Bearer ${accessToken}`, ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }) }
    const answer = await product.app.inject({ method, url: API_PREFIX + path, headers })
    return { status: answer.statusCode, body: answer.json() }
  }
  return { ask, person, organizationId: me.organization.id, userId: me.user.id }
}
const download = async (ask: Ask, exportId: string) => {
  const { status, body } = await ask('POST', `/organization/exports/${exportId}/download`)
  expect(status).toBe(201)
  return product.app.inject({ method: 'GET', url: body.path })
}

/** Of every table that is exported: as the declarations say it, `crm.contact`. */
const exported = new Map<string, TableExport>(
  definitions.flatMap(({ name, exporting }) =>
    exporting
      ? exportedTables(exporting).map(([table, told]) => [`${name}.${table.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, told] as const)
      : [],
  ),
)
/** Whose rows are somebody's work: a planted one would be done, or would hold up what is. */
const AT_WORK = /\.(outbox|inbox|parked_event|job|saga|saga_answer|idempotency_key|erased_organization|organization_export|export_\w+)$/

/** A row in every table, with a value that stands nowhere else in each column of bytes that looks like a secret. */
async function plantEverywhere(organizationId: string) {
  await withAdmin(database.cluster, database.name, async (run) => {
    await run(`do $$ declare c record; begin for c in select conrelid::regclass as t, conname from pg_constraint where contype = 'c' and conrelid <> 0
      loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$`)
    for (const table of tables.filter(({ name }) => !AT_WORK.test(name))) {
      const own = `organization_id = '${organizationId}'`
      const [{ count } = {}] = await run(`select count(*)::int from ${table.name} where ${own}`)
      if (Number(count) === 0) await plantRow(run, table, organizationId)
      await run("set session_replication_role = 'replica'")
      for (const { name } of table.columns.filter(({ name, type }) => type === 'bytea' && isHidden(table.name, name)))
        await run(`update ${table.name} set "${name}" = convert_to('hidden-' || gen_random_uuid(), 'UTF8') where ${own}`)
    }
  })
}

const isHidden = (table: string, column: string) => looksSecret(camel(column)) && !exported.get(table)?.columns.includes(camel(column))

/** Everything in the database that opens something, in the ways in which it could be told. */
async function secretsOfAll(): Promise<ReadonlyMap<string, string>> {
  const columns = await sql(`select nspname || '.' || relname as "table", attname as name, format_type(atttypid, null) as type
    from pg_attribute join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and attnum > 0 and not attisdropped and nspname = any ('{${EXPORTING_SERVICES.join(',')}}')`)
  const found = new Map<string, string>()
  for (const { table, name, type } of columns) {
    // The key of a job is the id of what it is about.
    if (!isHidden(String(table), String(name)) || String(table).endsWith('.job')) continue
    const text = type === 'bytea' ? `encode("${String(name)}", 'hex')` : `"${String(name)}"::text`
    for (const { value } of await sql(`select distinct ${text} as value from ${String(table)} where length(${text}) >= 20`))
      found.set(String(value), `${String(table)}.${String(name)}`)
    if (type === 'bytea')
      for (const { value } of await sql(
        `select distinct replace(encode("${String(name)}", 'base64'), E'\\n', '') as value from ${String(table)} where octet_length("${String(name)}") >= 16`,
      ))
        found.set(String(value), `${String(table)}.${String(name)} (base64)`)
  }
  return found
}

it('holds every row of every declared table, of this organisation only, and no secret', { timeout: 240_000 }, async () => {
  const [ours, theirs] = [await owner('Ours'), await owner('Theirs')]
  await plantEverywhere(ours.organizationId)
  await plantEverywhere(theirs.organizationId)
  const before = new Map<string, number>()
  for (const name of exported.keys()) {
    const [row] = await sql(`select count(*)::int from ${name} t where organization_id = '${ours.organizationId}' and ${exported.get(name)?.only?.sql ?? true}`)
    before.set(name, Number(row?.['count']))
  }
  const { status, body } = await ours.ask('POST', '/organization/exports')
  expect({ status, state: body.state }).toEqual({ status: 201, state: 'running' })
  const ready = await exportOver(ours.ask, body.id, 120_000)
  expect(ready).toMatchObject({ state: 'ready', problem: null })

  const answer = await download(ours.ask, body.id)
  expect(answer.headers['content-type']).toBe('application/gzip')
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="ours-\d{4}-\d\d-\d\d\.tar\.gz"/)
  const archive = await unpack(answer.rawPayload)

  expect(archive.manifest).toMatchObject({ format: 'ai-crm.organization-export', formatVersion: 1, organization: { id: ours.organizationId, name: 'Ours' } })
  expect(archive.manifest.files).toHaveLength(ready.fileCount)
  expect(new Set(archive.files.keys())).toEqual(new Set(['manifest.json', 'SHA256SUMS', ...archive.manifest.files.map(({ path }: { path: string }) => path)]))
  for (const [name, count] of before) {
    const path = `${name.replace('.', '/')}.jsonl`
    const rows = archive.rows(path)
    expect(
      archive.manifest.files.find((file: { path: string }) => file.path === path),
      path,
    ).toMatchObject({ rowCount: rows.length })
    const told = exported.get(name)
    // What is asked for while it runs adds to the logs, which were read a moment later.
    if (/^auth\.(?:event|security_event|organization_export)$/.test(name)) expect(rows.length, name).toBeGreaterThanOrEqual(count)
    else expect(rows.length, name).toBe(count)
    for (const row of rows) expect(Object.keys(row).toSorted(), name).toEqual([...(told?.columns ?? []), ...Object.keys(told?.beside ?? {})].toSorted())
  }
  expect(archive.rows('auth/membership.jsonl')).toContainEqual(
    expect.objectContaining({ userId: ours.userId, name: 'Ada', email: ours.person.email, role: 'owner' }),
  )
  expect(archive.rows('auth/event.jsonl').map(({ type }) => type)).toContain('organization.export_requested')
  expect(archive.rows('auth/event.jsonl').map(({ type }) => type)).not.toContain('system-mail.requested')

  const everything = Buffer.concat([...archive.files.values()]).toString('latin1')
  expect(everything).not.toContain(theirs.organizationId)
  expect(everything).not.toContain(theirs.person.email)
  expect(everything).not.toContain('hidden-')
  const secrets = await secretsOfAll()
  expect(secrets.size).toBeGreaterThan(20)
  for (const [value, where] of secrets) expect(everything.includes(value), where).toBe(false)
})
