import type { Column, Table } from './read-tables.ts'

const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  bytea: 'Buffer',
  timestamptz: 'Instant',
}
const COLUMN_TYPES = ['Computed', 'Defaulted', 'Instant', 'Json']
const BUILT_IN = new Set(['Array', 'Buffer', 'Date', 'Partial', 'Readonly', 'Record', ...COLUMN_TYPES])

/** The text of `services/<service>/src/tables.ts`. */
export function renderTables(service: string, tables: readonly Table[]): string {
  const body = tables.map(renderTable).join('\n')
  const columnTypes = COLUMN_TYPES.filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  const contractTypes = [...new Set(tables.flatMap((table) => table.columns.flatMap(namesInComment)))].toSorted()
  const imports = [importLine(contractTypes, '@ai-crm/contracts'), importLine(columnTypes, '@ai-crm/platform')].filter((line) => line !== '')
  return `// Generated from services/${service}/migrations by \`node tools/generate-tables.ts ${service}\`: change those.\n${imports.join('\n')}\n
export interface Tables {\n${body}\n}\n`
}

const importLine = (names: readonly string[], from: string): string => (names.length === 0 ? '' : `import type { ${names.join(', ')} } from '${from}'`)

function renderTable({ name, columns }: Table): string {
  const lines = columns.map((column) => `    ${camelCase(column.name)}: ${typeOf(column)}`)
  return `  ${camelCase(name)}: {\n${lines.join('\n')}\n  }`
}

function typeOf(column: Column): string {
  const element = elementType(column)
  const value = column.isArray ? `${element.includes('|') ? `(${element})` : element}[]` : element
  const nullable = column.isNullable ? `${value} | null` : value
  if (column.isComputed) return `Computed<${nullable}>`
  return column.hasDefault ? `Defaulted<${nullable}>` : nullable
}

function elementType(column: Column): string {
  if (column.type === 'json' || column.type === 'jsonb') return `Json<${typeInComment(column) ?? 'unknown'}>`
  if (column.type === 'text' || column.type === 'varchar') return unionOf(column.check) ?? typeInComment(column) ?? 'string'
  return TYPES[column.type] ?? 'string'
}

/** `CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))` → `'open' | 'closed'`. */
function unionOf(check: string | null): string | null {
  const values = /= ANY \(\(?ARRAY\[([^\]]+)\]/.exec(check ?? '')?.[1]
  return values
    ? values
        .split(', ')
        .map((value) => value.replace(/::.*$/, ''))
        .join(' | ')
    : null
}

/** `comment on column ai.draft.sources is 'type: DraftSource[]'`; types come from the contracts. */
const typeInComment = (column: Column): string | null => /type: (.+)$/m.exec(column.comment ?? '')?.[1] ?? null

const namesInComment = (column: Column): readonly string[] =>
  (
    typeInComment(column)
      ?.replace(/'[^']*'/g, '')
      .match(/\b[A-Z]\w+/g) ?? []
  ).filter((name) => !BUILT_IN.has(name))

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
