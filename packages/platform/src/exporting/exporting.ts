import type { Kysely } from 'kysely'
import { toSnakeCase } from '../db/names.ts'

/** A column, or a table, that no archive holds, and why. */
type Reason = string

/** What of a table is in the archive: every column of the table is named here once, as the catalogue test demands. */
export interface TableExport<Column extends string = string> {
  readonly columns: readonly Column[]
  readonly leftOut?: Readonly<Partial<Record<Column, Reason>>>
  /** Columns whose name looks like a secret's, and why they are none. */
  readonly harmless?: Readonly<Partial<Record<Column, Reason>>>
  /** What is told beside the table's own columns: a name in the archive → SQL over the table's alias `t`. */
  readonly beside?: Readonly<Record<string, string>>
  /** SQL over `t`: rows for which it is false are left out, and why. */
  readonly only?: { readonly sql: string; readonly because: Reason }
}

/** A file beside the tables: a raw mail, an attachment. `name` is below the service's folder and tells nothing of strangers. */
export interface ExportedFile {
  readonly name: string
  /** Of all blocks together. */
  readonly sizeBytes: number
  readonly blocks: AsyncIterable<Uint8Array>
}

/** What a service's rows look like to whoever takes them along. Names are those of the API, `camelCase`. */
export interface Exporting {
  /** Of every tenant table, by its name: what of it is exported, or why nothing is. */
  readonly tables: Readonly<Record<string, TableExport | Reason>>
  /** Read at the same moment as the tables. */
  readonly files?: (snapshot: Kysely<never>) => AsyncIterable<ExportedFile>
}

type ColumnOf<Row> = Exclude<keyof Row, 'organizationId'> & string
type TenantTables<Tables> = { [Name in keyof Tables as 'organizationId' extends keyof Tables[Name] ? Name : never]: Tables[Name] }

type Declared<Tables> = { readonly [Name in keyof TenantTables<Tables>]: TableExport<ColumnOf<Tables[Name & keyof Tables]>> | Reason }

/** Names the columns that a table has and its declaration does not. */
type Forgotten<Row, Told> = Told extends { readonly columns: readonly (infer Column)[] }
  ? Exclude<ColumnOf<Row>, Column | (Told extends { readonly leftOut: infer LeftOut } ? keyof LeftOut : never)>
  : never
type Complete<Tables, Told> = {
  readonly [Name in keyof Told]: [Forgotten<Tables[Name & keyof Tables], Told[Name]>] extends [never]
    ? unknown
    : { readonly isMissing: Forgotten<Tables[Name & keyof Tables], Told[Name]> }
}

/**
 * The declaration of a service, checked against its tables: where a table is missing, or a column that is neither exported
 * nor left out, it does not compile.
 */
export const exportOf =
  <Tables>() =>
  <const Told extends Declared<Tables>>(exporting: {
    readonly tables: Told & Complete<Tables, Told>
    readonly files?: (snapshot: Kysely<Tables>) => AsyncIterable<ExportedFile>
  }): Exporting =>
    // The snapshot is one of this service's database; in the table of services its tables are erased.
    exporting as unknown as Exporting

const AN_OTHER = 'It says what is still to be done here, not what the organisation has.'

/** The tables that the platform keeps in every service's schema. */
export const PLATFORM_TABLES: Exporting['tables'] = {
  event: {
    columns: [
      'id',
      'type',
      'version',
      'aggregateType',
      'aggregateId',
      'aggregateVersion',
      'actor',
      'occurredAt',
      'correlationId',
      'causationId',
      'depth',
      'data',
    ],
    leftOut: { trace: 'Of a request that is long over.', xid: 'A position in this database.' },
    only: { sql: "t.type <> 'system-mail.requested'", because: 'Mails of the product carry sealed links that open accounts.' },
  },
  outbox: AN_OTHER,
  inbox: 'Which events were handled here: of this installation.',
  parkedEvent: AN_OTHER,
  job: AN_OTHER,
  idempotencyKey: 'Answers that are repeated to clients, for two days.',
  saga: AN_OTHER,
  sagaAnswer: AN_OTHER,
  member: 'A copy of who belongs to the organisation, which auth exports.',
  memberRoll: 'Since when that copy is whole.',
  personErasurePart: 'Of people who are erased; crm exports that they were.',
  erasedAggregate: 'Of people who are erased; crm exports that they were.',
  erasedOrganization: 'An organisation that has such a row cannot export any more.',
}

/** Names of columns and fields that hold what opens something; a declaration that exports one says why it is harmless. */
const SECRET =
  /password|secret|token|hash|digest|sealed|encrypted|private|credential|challenge|signature|cipher|salt|otp|(?:^|[a-z])(?:k|K)ey$|(?:^|_)key$|recovery|cookie/i
export const looksSecret = (name: string): boolean => SECRET.test(name)

/** `subscription` in the archive is called as in the database. */
export const fileNameOf = (table: string): string => `${toSnakeCase(table)}.jsonl`

/** Tables of which something is exported, with what is told of them. */
export const exportedTables = ({ tables }: Exporting): readonly (readonly [string, TableExport])[] =>
  Object.entries({ ...PLATFORM_TABLES, ...tables }).flatMap(([name, told]) => (typeof told === 'string' ? [] : [[name, told] as const]))
