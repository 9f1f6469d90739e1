import type { PersonDelayedEvent, PersonErasedEvent, PersonExportedEvent, PersonSubject } from '@ai-crm/contracts'
import type { RawBuilder } from 'kysely'
import type { ExportedFile } from '../exporting/exporting.ts'

/** A table, or why nothing in it is a person's. */
type Reason = string

/** SQL over the alias `t`, in the words of `PERSON`. */
export interface PersonTable {
  /** Which rows are about the person. */
  readonly where: string
  /** Assignments that take the person out of a row that stays, after which `where` does not hold; absent: the row goes. */
  readonly set?: string
}

/** What of others names the person and stays, and why; it is counted in the report. */
export interface KeptRows {
  readonly table: string
  readonly where: string
}

/** Where a service keeps something about people outside of the organisation. */
export interface PersonData {
  /** Every tenant table of the service. */
  readonly tables: Readonly<Record<string, PersonTable | Reason>>
  /**
   * Tables whose rows are aggregates of theirs alone, by the name that the log has for the kind: their events lose their data, and what comes late about
   * them is forgotten.
   */
  readonly aggregates: readonly string[]
  /** What has to be done in the words of the service before rows can go; may run again. Throw what may pass (`ErasureWaits`). */
  readonly before?: (ctx: never, subject: PersonSubject) => Promise<void>
  /** What is to be done outside of the database, once nothing is left in it; as `before`. */
  readonly beyond?: (ctx: never, subject: PersonSubject, erasureId: string) => Promise<void>
  /** By a name of its own. */
  readonly kept?: Readonly<Record<string, KeptRows>>
  /** Whom a contact of that id is, for whoever asks; throws 404. By the id alone where the service knows no more. */
  readonly subjectOf?: (ctx: never, contactId: string) => Promise<PersonSubject>
  /** Files beside the tables: of the rows that a condition in the words of `PERSON` finds. */
  readonly files?: (db: never, only: (where: string) => RawBuilder<boolean>) => AsyncIterable<ExportedFile>
  readonly erased: PersonErasedEvent
  readonly delayed: PersonDelayedEvent
  readonly exported: PersonExportedEvent
}

/** Of the transaction, as `tellPerson` has set it. */
const listed = (setting: string) => `array(select jsonb_array_elements_text(nullif(current_setting('person.${setting}', true), '')::jsonb))`
export const PERSON = {
  contacts: `any(${listed('contacts')}::uuid[])`,
  conversations: `any(${listed('conversations')}::uuid[])`,
  /** In lower case. */
  addresses: `any(${listed('addresses')})`,
  names: listed('names'),
  /** For `like`, in lower case: texts in which an id or an address of theirs stands. */
  patterns: `any(${listed('patterns')})`,
} as const

type TenantTables<Tables> = { [Name in keyof Tables as 'organizationId' extends keyof Tables[Name] ? Name : never]: Tables[Name] }

/** Names every table, as the catalogue of exports does: a new one does not compile until somebody has said what of it is a person's. */
export const personDataOf =
  <Tables>() =>
  (data: Omit<PersonData, 'tables'> & { readonly tables: { readonly [Name in keyof TenantTables<Tables> & string]: PersonTable | Reason } }): PersonData =>
    data

export const personTables = ({ tables }: PersonData): readonly (readonly [string, PersonTable])[] =>
  Object.entries(tables).flatMap(([name, told]) => (typeof told === 'string' ? [] : [[name, told] as const]))
