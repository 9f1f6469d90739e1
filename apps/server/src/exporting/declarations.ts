import type { EventDefinition } from '@ai-crm/contracts'
import { looksSecret, PLATFORM_TABLES, type Exporting } from '@ai-crm/platform'
import { z } from 'zod'

/** A column of a tenant table as PostgreSQL's catalogue has it; names as declarations write them. */
export interface Column {
  readonly table: string
  readonly name: string
}

/** What a service's declaration forgets, names twice, invents, or tells although it looks like a secret. */
export function findGaps(exporting: Exporting | undefined, columns: readonly Column[]): string[] {
  const declared = { ...PLATFORM_TABLES, ...exporting?.tables }
  const byTable = Map.groupBy(columns, ({ table }) => table)
  const invented = Object.keys(declared).filter((table) => !byTable.has(table))
  return [
    ...invented.map((table) => `${table}: there is no such tenant table`),
    ...[...byTable].flatMap(([table, own]) => gapsOfTable(declared[table], table, own)),
  ]
}

function gapsOfTable(told: Exporting['tables'][string] | undefined, table: string, columns: readonly Column[]): string[] {
  if (told === undefined) return [`${table}: neither exported nor left out with a reason`]
  if (typeof told === 'string') return told.length > 10 ? [] : [`${table}: left out without a reason`]
  const { leftOut = {}, harmless = {} } = told
  const names = columns.map(({ name }) => name).filter((name) => name !== 'organizationId')
  const exported = [...told.columns, ...Object.keys(told.beside ?? {})]
  return [
    ...names.filter((name) => !told.columns.includes(name) && !leftOut[name]).map((name) => `${table}.${name}: neither exported nor left out with a reason`),
    ...names.filter((name) => told.columns.includes(name) && leftOut[name]).map((name) => `${table}.${name}: exported and left out`),
    ...[...told.columns, ...Object.keys(leftOut)].filter((name) => !names.includes(name)).map((name) => `${table}.${name}: there is no such column`),
    ...exported.filter((name) => looksSecret(name) && !harmless[name]).map((name) => `${table}.${name}: looks like a secret and is exported`),
  ]
}

/** Fields of events that look like secrets: the log of events is exported. */
export const secretFieldsOf = (event: EventDefinition): string[] =>
  namesIn(z.toJSONSchema(event.data, { io: 'input', unrepresentable: 'any' })).filter(looksSecret)

function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap(namesIn)
  const properties = 'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : []
  return [...properties, ...Object.values(schema).flatMap(namesIn)]
}
