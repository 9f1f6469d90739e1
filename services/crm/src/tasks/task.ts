import type { Task } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql, type Selectable } from 'kysely'
import { aboutName } from '../about/seen.ts'
import { toInstant } from '../instant.ts'
import type { Tables } from '../tables.ts'

/** What is read of a task wherever one is answered. The name of what it is about is for whoever may see that. Instants as text, as in CONTACT_COLUMNS. */
export const taskColumns = (asker: Asker) =>
  [
    'task.id',
    'task.title',
    'task.note',
    'task.assigneeId',
    'task.contactId',
    'task.companyId',
    'task.dealId',
    'task.createdById',
    'task.repeats',
    'task.followedById',
    'task.version',
    sql<string | null>`cast(task.due_at as text)`.as('dueAt'),
    sql<string | null>`cast(task.remind_at as text)`.as('remindAt'),
    sql<string | null>`cast(task.reminded_at as text)`.as('remindedAt'),
    sql<string | null>`cast(task.done_at as text)`.as('doneAt'),
    sql<string>`cast(task.created_at as text)`.as('createdAt'),
    sql<string>`cast(task.updated_at as text)`.as('updatedAt'),
    aboutName(asker, 'task').as('aboutName'),
  ] as const

type Columns = Selectable<Tables['task']>
type Times = 'dueAt' | 'remindAt' | 'remindedAt' | 'doneAt'
export type TaskRow = Pick<
  Columns,
  'id' | 'title' | 'note' | 'assigneeId' | 'contactId' | 'companyId' | 'dealId' | 'createdById' | 'repeats' | 'followedById' | 'version'
> &
  Record<Times, string | null> & { createdAt: string; updatedAt: string; aboutName: string | null }

const orNull = (text: string | null): string | null => (text === null ? null : toInstant(text))

export const toTask = (row: TaskRow): Task => ({
  id: row.id,
  title: row.title,
  note: row.note,
  dueAt: orNull(row.dueAt),
  remindAt: orNull(row.remindAt),
  remindedAt: orNull(row.remindedAt),
  repeats: row.repeats,
  followedById: row.followedById,
  assigneeId: row.assigneeId,
  contactId: row.contactId,
  companyId: row.companyId,
  dealId: row.dealId,
  aboutName: row.aboutName,
  createdById: row.createdById,
  doneAt: orNull(row.doneAt),
  createdAt: toInstant(row.createdAt),
  updatedAt: toInstant(row.updatedAt),
  version: row.version,
})
