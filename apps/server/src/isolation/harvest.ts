import { withAdmin, type TestDatabase } from '@ai-crm/testing/database'
import { listTenantTables, type TenantTable } from '@ai-crm/testing/catalogue'
import { z } from 'zod'
import type { CanaryOrganization } from './seed-organization.ts'

/** Everything by which an organisation's things can be named, as it stands in the database. */
export interface Harvest {
  readonly organization: CanaryOrganization
  readonly rows: readonly HarvestedRow[]
  /** Every id anywhere in its rows. */
  readonly ids: readonly string[]
  /** Words and addresses that only it uses, and that are no canaries: what somebody else may send. */
  readonly texts: readonly string[]
}

/** A thing: the name of its own id (`contactId`), and all its names (`sessionId`, `consumer`) with what they are. */
export interface HarvestedRow {
  /** `crm.contact`. */
  readonly table: string
  readonly service: string
  readonly own: string
  readonly values: ReadonlyMap<string, string>
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/g
const Row = z.object({ row: z.record(z.string(), z.unknown()) })
const ROWS_PER_TABLE = 40

export async function harvest(database: TestDatabase, organization: CanaryOrganization): Promise<Harvest> {
  const { organizationId, userIds, mark } = organization
  return withAdmin(database.cluster, database.name, async (run) => {
    const rows: HarvestedRow[] = []
    const ids = new Set<string>()
    const texts = new Set<string>([mark.secret])
    const read = async (table: string, where: string): Promise<void> => {
      for (const found of await run(`select to_jsonb(t) as row from ${table} t where ${where} limit ${ROWS_PER_TABLE}`)) {
        const { row } = Row.parse(found)
        // Which consumer has handled what is no thing that a route names.
        if (!table.endsWith('.inbox')) rows.push(namesOf(table, row))
        const text = JSON.stringify(row)
        for (const [id] of text.matchAll(UUID)) ids.add(id)
        for (const [word] of text.matchAll(new RegExp(`[\\w.@-]*${mark.secret}[\\w.@-]*`, 'g'))) if (!/cnry/i.test(word)) texts.add(word)
      }
    }
    for (const { name } of await listTenantTables(run)) await read(name, `organization_id = '${organizationId}'`)
    for (const { name } of await listPersonTables(run)) await read(name, `user_id in (${userIds.map((id) => `'${id}'`).join(', ')})`)
    return { organization, rows, ids: [...ids], texts: [...texts] }
  })
}

const PERSON_TABLES = `
  select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind = 'r' and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'user_id')
    and not exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'organization_id')
    and nspname not in ('platform', 'public', 'information_schema') and nspname not like 'pg\\_%'`

/** Tables that belong to people, not to organisations. */
const listPersonTables = async (run: (sql: string) => Promise<readonly Record<string, unknown>[]>): Promise<readonly Pick<TenantTable, 'name'>[]> =>
  z.array(z.object({ name: z.string() })).parse(await run(PERSON_TABLES))

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase())

function namesOf(name: string, row: Readonly<Record<string, unknown>>): HarvestedRow {
  const [service = '', table = ''] = name.split('.')
  const own = `${camel(table)}Id`
  const texts = Object.entries(row).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { table: name, service, own, values: new Map(texts.map(([column, value]) => [column === 'id' ? own : camel(column), value])) }
}

/** What routes call by another name than the tables do. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  webhookId: ['subscriptionId'],
  keyId: ['apiKeyId'],
  deviceId: ['rememberedDeviceId'],
  roleId: ['customRoleId'],
  handOverTo: ['userId'],
  assigneeId: ['userId'],
  ownerId: ['userId'],
  memberId: ['userId'],
}

/** `toUserId` and `memberUserIds` are users as well. */
const optionsFor = (name: string): readonly string[] => [name, ...(ALIASES[name] ?? []), ...(/(UserId|userIds)$/.test(name) ? ['userId'] : [])]

/**
 * The things that a route's parameters name together (an attachment with its message), or null where the organisation has
 * none. `nth` chooses among several.
 */
export function ownValues(of: Harvest, service: string, names: readonly string[], nth = 0): ReadonlyMap<string, string> | null {
  const candidates = names.map(optionsFor)
  const has = ({ values }: HarvestedRow): boolean => candidates.every((options) => options.some((option) => values.has(option)))
  const fitting = of.rows.filter(has)
  // The table of the thing itself before the tables that refer to it.
  const itself = fitting.filter(({ own }) => candidates.flat().includes(own))
  const ofService = fitting.filter((each) => each.service === service)
  const choice = [itself.filter((each) => each.service === service), itself, ofService].find((rows) => rows.length > 0) ?? fitting
  const row = choice[nth % choice.length]
  if (row) return new Map(names.map((name, index) => [name, firstOf(row.values, candidates[index] ?? []) ?? '']))
  if (names.length < 2) return null
  const single = names.map((name) => ownValues(of, service, [name], nth))
  return single.every((found) => found !== null) ? new Map(single.flatMap((found) => [...found])) : null
}

const firstOf = (row: ReadonlyMap<string, string>, options: readonly string[]): string | undefined =>
  options.map((option) => row.get(option)).find((value) => value !== undefined)
