import { queryAsAdmin, TEMPLATE, type TestCluster } from '@ai-crm/testing/cluster'
import { z } from 'zod'

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
}

const Column = z.object({
  table: z.string(),
  name: z.string(),
  /** Base type, without `[]`. */
  type: z.string(),
  isArray: z.boolean(),
  isNullable: z.boolean(),
  hasDefault: z.boolean(),
  isComputed: z.boolean(),
  /** Of a check like `status in ('open', 'closed')`, which becomes a union. */
  check: z.string().nullable(),
  comment: z.string().nullable(),
})
export type Column = z.infer<typeof Column>

/** Tables and views of a schema on which the service's `_app` role has any right, with columns in their order. */
export async function readTables(cluster: TestCluster, service: string): Promise<readonly Table[]> {
  const rows = await queryAsAdmin(cluster, columnsSql(service), await openTemplate(cluster))
  const byTable = Map.groupBy(z.array(Column).parse(rows), (column) => column.table)
  return [...byTable].map(([name, columns]) => ({ name, columns }))
}

// Nobody may connect to a template; a copy per question costs less than an exception to that.
async function openTemplate(cluster: TestCluster): Promise<string> {
  const copy = 'generate_tables'
  await queryAsAdmin(cluster, `drop database if exists ${copy}`)
  await queryAsAdmin(cluster, `create database ${copy} template ${TEMPLATE} strategy file_copy`)
  return copy
}

// Service names come from our own folders.
const columnsSql = (service: string): string => `
  select relation.relname as "table", attribute.attname as name,
    coalesce(element.typname, type.typname) as type, element.oid is not null as "isArray",
    not attribute.attnotnull as "isNullable", attribute.atthasdef and attribute.attgenerated = '' as "hasDefault",
    attribute.attgenerated <> '' or attribute.attidentity = 'a' as "isComputed",
    (select min(pg_get_constraintdef(check_constraint.oid)) from pg_constraint check_constraint
      where check_constraint.conrelid = relation.oid and check_constraint.contype = 'c' and check_constraint.conkey = array[attribute.attnum]
        and pg_get_constraintdef(check_constraint.oid) ~ '= ANY \\(') as "check",
    col_description(relation.oid, attribute.attnum) as comment
  from pg_class relation
  join pg_namespace on pg_namespace.oid = relation.relnamespace
  join pg_attribute attribute on attribute.attrelid = relation.oid and attribute.attnum > 0 and not attribute.attisdropped
  join pg_type type on type.oid = attribute.atttypid
  left join pg_type element on element.oid = type.typelem and type.typcategory = 'A'
  where nspname = '${service}' and relation.relkind in ('r', 'p', 'v') and not relation.relispartition
    and has_table_privilege('${service}_app', relation.oid, 'select, insert, update, delete')
  order by relation.oid, attribute.attnum`
