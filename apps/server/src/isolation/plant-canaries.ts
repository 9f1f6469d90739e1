import { withAdmin, type TestDatabase } from '@ai-crm/testing/database'
import { insertSql, listTenantTables, type TenantTable } from '@ai-crm/testing/catalogue'
import type { CanaryOrganization } from './seed-organization.ts'

type Run = (sql: string) => Promise<readonly Record<string, unknown>[]>

export interface PlantedCanaries {
  readonly tables: readonly TenantTable[]
  /** `crm.contact.name`: text columns in which a row of the organisation holds a canary. */
  readonly filled: readonly string[]
  /** Text columns without a canary that no constraint closes to free text. */
  readonly unexplained: readonly string[]
  /** Tables in which the organisation has no row. */
  readonly empty: readonly string[]
}

/** Not written behind the back of the service: what works with them would run into words that nobody knows. */
export const LEFT_ALONE: ReadonlySet<string> = new Set(['outbox', 'job', 'inbox', 'idempotency_key', 'saga', 'saga_answer'])

const isText = (type: string): boolean => /^(text|character varying|jsonb?)/.test(type)

/**
 * Writes canaries, as superuser and past triggers, into every text column of every tenant table that the seed has not
 * filled: what no route writes today may be written tomorrow.
 */
export async function plantCanaries(database: TestDatabase, { organizationId, mark }: CanaryOrganization): Promise<PlantedCanaries> {
  return withAdmin(database.cluster, database.name, async (run) => {
    await run("set session_replication_role = 'replica'")
    const tables = await listTenantTables(run)
    const planted = { tables, filled: [] as string[], unexplained: [] as string[], empty: [] as string[] }
    for (const table of tables) {
      const name = table.name.split('.')[1] ?? ''
      if (!LEFT_ALONE.has(name) && !(await hasRow(run, table, organizationId))) await tryTo(run, insertSql(table, organizationId))
      if (!(await hasRow(run, table, organizationId))) planted.empty.push(table.name)
      else
        for (const { name: column, type } of table.columns.filter(({ type }) => isText(type))) {
          if (LEFT_ALONE.has(name)) continue
          if (await fill(run, table, column, type, organizationId, mark.text())) planted.filled.push(`${table.name}.${column}`)
          else if (!(await isClosed(run, table, column))) planted.unexplained.push(`${table.name}.${column}`)
        }
    }
    return planted
  })
}

async function hasRow(run: Run, table: TenantTable, organizationId: string): Promise<boolean> {
  return (await run(`select 1 from ${table.name} where organization_id = '${organizationId}' limit 1`)).length > 0
}

/** An event that a consumer gave up on, in every service: only a bug makes one by itself. */
export async function plantDeadLetters(database: TestDatabase, { organizationId, mark }: Pick<CanaryOrganization, 'organizationId' | 'mark'>): Promise<void> {
  await withAdmin(database.cluster, database.name, async (run) => {
    const tables = (await listTenantTables(run)).filter(({ name }) => name.endsWith('.parked_event'))
    for (const { name, service } of tables) {
      const text = mark.text()
      const envelope = {
        id: crypto.randomUUID(),
        type: 'contact.created',
        version: 1,
        organizationId,
        aggregate: { type: 'contact', id: crypto.randomUUID(), version: 1 },
        actor: { type: 'system', id: null },
        occurredAt: new Date().toISOString(),
        correlationId: text,
        causationId: null,
        depth: 0,
        trace: null,
        data: { name: text },
      }
      await run(`insert into ${name} (organization_id, consumer, event_id, aggregate_id, aggregate_version, envelope, status, attempts, reason)
        select '${organizationId}', '${service}.${mark.secret}', (e->>'id')::uuid, (e->'aggregate'->>'id')::uuid, 1, e, 'dead', 5, '${text}'
        from (select '${JSON.stringify(envelope)}'::jsonb) as given (e)`)
    }
  })
}

/** Those that were redriven wait for a consumer that does not exist: nothing would ever settle. */
export async function forgetRedriven(database: TestDatabase): Promise<void> {
  await withAdmin(database.cluster, database.name, async (run) => {
    for (const { name } of await listTenantTables(run))
      if (name.endsWith('.parked_event')) await run(`delete from ${name} where status <> 'dead' and consumer like '%.quokka%'`)
  })
}

/** What a browser with an authenticator would leave: rows of the owner in tables of people that routes name by id. */
export async function plantFactors(database: TestDatabase, { owner, mark }: Pick<CanaryOrganization, 'owner' | 'mark'>): Promise<void> {
  await withAdmin(database.cluster, database.name, async (run) => {
    const [id, user] = ['gen_random_uuid()', `'${owner.userId}'`]
    await run(`insert into auth.passkey (id, user_id, credential_id, relying_party, public_key, sign_count, transports, is_synced, name)
      values (${id}, ${user}, gen_random_uuid()::text::bytea, 'localhost', 'key', 0, '{}', false, '${mark.text()}')`)
    await run(`insert into auth.remembered_device (id, user_id, token_digest, user_agent, expires_at)
      values (${id}, ${user}, sha256(gen_random_uuid()::text::bytea), '${mark.text()}', now() + interval '1 day')`)
  })
}

/** Free text first, then what stricter columns take. */
async function fill(run: Run, table: TenantTable, column: string, type: string, organizationId: string, text: string): Promise<boolean> {
  const ofUs = `organization_id = '${organizationId}'`
  const holds = `select 1 from ${table.name} where ${ofUs} and "${column}"::text ilike '%cnry%' limit 1`
  if ((await run(holds)).length > 0) return true
  const [word = ''] = text.split(' ')
  const candidates = type.startsWith('json')
    ? [`"${column}" || '{"canary": "${text}"}'`, `'["${text}"]'`]
    : type.endsWith('[]')
      ? [`array['${text}']`, `array['${word}@example.org']`]
      : [
          `'${text}'`,
          `'${word}'`,
          `'${word.toLowerCase()}'`,
          `'${word.toLowerCase()}@example.org'`,
          `'https://example.org/${word}'`,
          `'${word.toLowerCase().replaceAll('_', '-')}'`,
        ]
  const oneRow = `ctid = (select ctid from ${table.name} where ${ofUs} limit 1)`
  for (const value of candidates)
    if (await tryTo(run, `update ${table.name} set "${column}" = ${value} where ${oneRow}`)) if ((await run(holds)).length > 0) return true
  return false
}

/** A check names the words that the column takes. */
async function isClosed(run: Run, table: TenantTable, column: string): Promise<boolean> {
  const checks = `select 1 from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
    where conrelid = '${table.name}'::regclass and contype = 'c' and attname = '${column}' limit 1`
  return (await run(checks)).length > 0
}

async function tryTo(run: Run, sql: string): Promise<boolean> {
  return run(sql).then(
    () => true,
    () => false,
  )
}
