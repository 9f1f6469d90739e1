import { companyUpdated, contactUpdated, dealUpdated, fileUpdated, type MergeRecord, noteUpdated, type PendingEvent, taskUpdated } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'

export const CHILD_KINDS = ['deal', 'task', 'note', 'file', 'entry', 'contact', 'company'] as const
export type ChildKind = (typeof CHILD_KINDS)[number]

/** One that was moved, with what its event tells. */
export interface MovedChild {
  readonly id: string
  /** What belongs to a task or a note beside it; null for others. */
  readonly about: { readonly contactId: string | null; readonly companyId: string | null; readonly dealId: string | null } | null
  /** Of a person: the text of where they worked, and work. */
  readonly workplace: { readonly from: string | null; readonly to: string | null } | null
}
export interface Move {
  readonly from: string
  readonly to: string
}

/** Rows that name the record in a column of their own. */
export interface ChildTable {
  readonly kind: ChildKind
  readonly table: string
  readonly column: string
  /** Which of its rows belong to the record: a condition on the table. */
  readonly isChild: RawBuilder<boolean>
  /** How many go at once. */
  readonly batch: number
  /** A text that the row has before it moves. */
  readonly was: RawBuilder<unknown>
  /** What else is written, beside the column. */
  readonly alsoSet: (to: string) => RawBuilder<unknown>
  readonly shown: RawBuilder<unknown>
  /** Null where a move is no news: a story is no thing of its own. */
  readonly event: ((child: MovedChild, move: Move) => PendingEvent) | null
}

/** Each with its event, in the transaction of a request. */
const BATCH = 200
const BATCH_OF_STORY = 2_000

const noText = sql`null::text`
const versioned = (table: string) => () => sql`, version = ${sql.ref(`${table}.version`)} + 1, updated_at = date_trunc('milliseconds', now())`
const nothingElse = sql`null::jsonb as about, null::jsonb as workplace`
const about = (table: string) =>
  sql`jsonb_build_object('contactId', ${sql.ref(`${table}.contact_id`)}, 'companyId', ${sql.ref(`${table}.company_id`)}, 'dealId', ${sql.ref(`${table}.deal_id`)}) as about,
    null::jsonb as workplace`
const living = (table: string) => sql<boolean>`${sql.ref(`${table}.deleted_at`)} is null`

const NOWHERE = { contactId: null, companyId: null, dealId: null }

const tasks = (record: MergeRecord): ChildTable => ({
  kind: 'task',
  table: 'task',
  column: `${record}_id`,
  batch: BATCH,
  was: noText,
  isChild: living('task'),
  alsoSet: versioned('task'),
  shown: about('task'),
  event: ({ id, about: of }, move) => taskUpdated({ taskId: id, ...(of ?? NOWHERE), changes: { [`${record}Id`]: move } }),
})

const notes = (record: MergeRecord): ChildTable => ({
  kind: 'note',
  table: 'note',
  column: `${record}_id`,
  batch: BATCH,
  was: noText,
  isChild: living('note'),
  alsoSet: versioned('note'),
  shown: about('note'),
  event: ({ id, about: of }, move) => noteUpdated({ noteId: id, ...(of ?? NOWHERE), changes: { [`${record}Id`]: move } }),
})

/** One that is not whole yet is nobody's but its adder's: it stays. */
const files = (record: MergeRecord): ChildTable => ({
  kind: 'file',
  table: 'file',
  column: `${record}_id`,
  batch: BATCH,
  was: noText,
  isChild: sql<boolean>`file.deleted_at is null and file.is_complete`,
  alsoSet: () => sql`, version = file.version + 1`,
  shown: about('file'),
  event: ({ id, about: of }, move) => fileUpdated({ fileId: id, ...(of ?? NOWHERE), changes: { [`${record}Id`]: move } }),
})

/** What the record itself did stays its own story. */
const entries = (record: MergeRecord): ChildTable => ({
  kind: 'entry',
  table: 'timeline_entry',
  column: `${record}_id`,
  batch: BATCH_OF_STORY,
  was: noText,
  isChild: sql<boolean>`timeline_entry.type not like ${`${record}.%`}`,
  alsoSet: () => sql``,
  shown: nothingElse,
  event: null,
})

const people: ChildTable = {
  kind: 'contact',
  table: 'contact',
  column: 'company_id',
  batch: BATCH,
  was: sql`contact.company`,
  isChild: living('contact'),
  alsoSet: (to) => sql`, company = (select company.name from company where company.id = ${to})${versioned('contact')()}`,
  shown: sql`null::jsonb as about, jsonb_build_object('from', found.was, 'to', contact.company) as workplace`,
  event: ({ id, workplace }, move) =>
    contactUpdated({ contactId: id, changes: { companyId: move, ...(workplace && workplace.from !== workplace.to ? { company: workplace } : {}) } }),
}

const dealsOfCompany: ChildTable = {
  kind: 'deal',
  table: 'deal',
  column: 'company_id',
  batch: BATCH,
  was: noText,
  isChild: living('deal'),
  alsoSet: versioned('deal'),
  shown: nothingElse,
  event: ({ id }, move) => dealUpdated({ dealId: id, changes: { companyId: move } }),
}

const daughters: ChildTable = {
  kind: 'company',
  table: 'company',
  column: 'parent_id',
  batch: BATCH,
  was: noText,
  isChild: living('company'),
  alsoSet: versioned('company'),
  shown: nothingElse,
  event: ({ id }, move) => companyUpdated({ companyId: id, changes: { parentId: move } }),
}

/** The deals of a contact are not among them: they name several (people-of-deals.ts). */
export const CHILD_TABLES: Readonly<Record<MergeRecord, readonly ChildTable[]>> = {
  contact: [tasks('contact'), notes('contact'), files('contact'), entries('contact')],
  company: [people, dealsOfCompany, daughters, tasks('company'), notes('company'), files('company'), entries('company')],
}
