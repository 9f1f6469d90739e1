import { allEvents, EXPORTING_SERVICES, SERVICE_NAMES, systemMailRequested } from '@ai-crm/contracts'
import { exportedTables, PLATFORM_TABLES } from '@ai-crm/platform'
import { createTestDatabase } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'
import { loadServices } from '../catalog.ts'
import { findGaps, secretFieldsOf, type Column } from './declarations.ts'

const database = await createTestDatabase()
const services = await loadServices(SERVICE_NAMES)
const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const columnsOf = async (service: string): Promise<Column[]> => {
  const rows = await database.asAdmin(`
    select relname::text as "table", attname::text as name from pg_attribute join pg_class on pg_class.oid = attrelid
     where relnamespace = to_regnamespace('${service}') and relkind in ('r', 'p') and attnum > 0 and not attisdropped
       and exists (select from pg_attribute own where own.attrelid = pg_class.oid and own.attname = 'organization_id' and not own.attisdropped)`)
  return rows.map(({ table, name }) => ({ table: camel(String(table)), name: camel(String(name)) }))
}

it.each(services.filter(({ migrations }) => migrations).map((service) => [service.name, service] as const))(
  'exports every tenant table of %s, or says why not, column by column, and nothing that looks like a secret',
  async (name, service) => {
    expect(EXPORTING_SERVICES).toContain(name)
    expect(findGaps(service.exporting, await columnsOf(name))).toEqual([])
  },
)

it('has a part of every service that keeps rows', () => {
  expect(services.filter(({ migrations }) => migrations).map(({ name }) => name)).toEqual([...EXPORTING_SERVICES])
})

/** Looked at: their names only look like it. By event and field. */
const HARMLESS: Readonly<Record<string, string>> = {
  'channel.updated signature': 'the lines under a mail',
  'view.created key': 'names the field of a column',
  'view.updated key': 'names the field of a column',
}

it('tells no event whose data looks like a secret', () => {
  const found = allEvents.flatMap((event) => secretFieldsOf(event).map((field) => ({ type: event.type, name: `${event.type} ${field}` })))
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(HARMLESS)))
  const telling = [...new Set(found.filter(({ name }) => !HARMLESS[name]).map(({ type }) => type))]
  expect(telling).toEqual([systemMailRequested.type])
  const [, log] = exportedTables({ tables: {} }).find(([table]) => table === 'event') ?? []
  for (const type of telling) expect(log?.only?.sql).toContain(`<> '${type}'`)
})

it('finds a table and a column that nobody declared, one that is told twice, one that is not there, and a secret', () => {
  const platform = Object.entries(PLATFORM_TABLES).flatMap(([table, told]) =>
    typeof told === 'string' ? [{ table, name: 'id' }] : [...told.columns, ...Object.keys(told.leftOut ?? {})].map((name) => ({ table, name })),
  )
  const thing = [...platform, ...['organizationId', 'id', 'name', 'apiToken', 'note'].map((name) => ({ table: 'thing', name }))]
  expect(findGaps({ tables: {} }, thing)).toEqual(['thing: neither exported nor left out with a reason'])
  expect(findGaps(undefined, thing)).toEqual(['thing: neither exported nor left out with a reason'])
  expect(findGaps({ tables: { thing: 'no' } }, thing)).toEqual(['thing: left out without a reason'])
  expect(findGaps({ tables: { thing: { columns: ['id', 'name', 'apiToken', 'lost'], leftOut: { name: 'Twice told.' } } } }, thing)).toEqual([
    'thing.note: neither exported nor left out with a reason',
    'thing.name: exported and left out',
    'thing.lost: there is no such column',
    'thing.apiToken: looks like a secret and is exported',
  ])
  expect(findGaps({ tables: { thing: { columns: ['id', 'name', 'apiToken', 'note'], harmless: { apiToken: 'Only its name.' } } } }, thing)).toEqual([])
})
