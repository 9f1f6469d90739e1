import { z } from 'zod'
import type { RunSql } from './find-violations.ts'

export interface TenantTable {
  readonly service: string
  /** `crm.contact`. */
  readonly name: string
  /** Columns that can be written, organization_id first. */
  readonly columns: readonly TenantColumn[]
}
/** `note`: the column's comment, which tells what JSON it holds: `type: DealContact[]`. */
const TenantColumn = z.object({ name: z.string(), type: z.string(), note: z.string() })
type TenantColumn = z.infer<typeof TenantColumn>
const TableColumn = TenantColumn.extend({ service: z.string(), table: z.string() })

const COLUMNS = `
  select nspname as service, nspname || '.' || relname as table, attname as name, format_type(atttypid, atttypmod) as type,
    coalesce(col_description(attrelid, attnum), '') as note
  from pg_attribute join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
  where relkind = 'r' and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''
    and exists (select from pg_attribute own where own.attrelid = pg_class.oid and own.attname = 'organization_id')
    and nspname not in ('platform', 'public', 'information_schema') and nspname not like 'pg\\_%'
  order by 2, attname <> 'organization_id', attnum`

/** Every table with organization_id, of every service. */
export async function listTenantTables(run: RunSql): Promise<readonly TenantTable[]> {
  const columns = z.array(TableColumn).parse(await run(COLUMNS))
  return [...Map.groupBy(columns, (column) => column.table)].map(([name, own]) => ({ name, service: own[0]?.service ?? '', columns: own }))
}

/**
 * Gives an organisation one row in a table, as superuser and past triggers and checks: which values make sense is the
 * service's business, whom a row belongs to is not.
 */
export async function plantRow(run: RunSql, table: TenantTable, organizationId: string): Promise<void> {
  await run("set session_replication_role = 'replica'")
  await run(insertSql(table, organizationId))
}

/** The same row written by a service's role. */
export function insertSql({ name, columns }: TenantTable, organizationId: string): string {
  const values = columns.map((column) => (column.name === 'organization_id' ? `'${organizationId}'` : sampleOf(column)))
  return `insert into ${name} (${columns.map((column) => `"${column.name}"`).join(', ')}) values (${values.join(', ')})`
}

function sampleOf({ type, note }: TenantColumn): string {
  if (type.endsWith('[]')) return `'{}'::${type}`
  if (type === 'uuid') return 'gen_random_uuid()'
  if (type === 'boolean') return 'true'
  if (/^(smallint|integer|bigint|numeric|real|double)/.test(type)) return '1'
  if (/^(timestamp|date)/.test(type)) return 'now()'
  if (type === 'json' || type === 'jsonb') return note.endsWith('[]') ? "'[]'" : "'{}'"
  if (type === 'inet') return "'127.0.0.1'"
  if (type === 'interval') return "'1 second'"
  if (type === 'xid8') return "'1'"
  return `'x'::${type}`
}

/** Changes with every change of the rows of one organisation. */
export async function fingerprintOf(run: RunSql, table: TenantTable, organizationId: string): Promise<unknown> {
  const [row] = await run(
    `select count(*)::int, md5(string_agg(t::text, '|' order by t::text)) from ${table.name} t where organization_id = '${organizationId}'`,
  )
  return row
}
