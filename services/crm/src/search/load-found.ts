import type { FoundNote, FoundRecords, SearchedKind, Task } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { aboutName } from '../about/seen.ts'
import { companyList } from '../companies/list-companies.ts'
import { contactList } from '../contacts/list-contacts.ts'
import type { Ctx } from '../ctx.ts'
import { dealList } from '../deals/list-deals.ts'
import { NOTE_COLUMNS, toNote, type NoteRow } from '../notes/note.ts'
import { taskColumns, toTask, type TaskRow } from '../tasks/task.ts'
import type { Candidate } from './record-finder.ts'
import { SEARCHED_RECORDS } from './searched-record.ts'

interface ListOf<Row, Item> {
  readonly record: SearchedKind
  readonly columns: (ctx: Ctx) => readonly unknown[]
  readonly toItem: (row: Row) => Item
}

const taskList: ListOf<TaskRow, Task> = { record: 'task', columns: taskColumns, toItem: toTask }

const noteList: ListOf<NoteRow & Pick<FoundNote, 'aboutName'>, FoundNote> = {
  record: 'note',
  columns: (ctx) => [...NOTE_COLUMNS, aboutName(ctx, 'note').as('aboutName')],
  toItem: (row) => ({ ...toNote(row), aboutName: row.aboutName }),
}

/**
 * The records behind candidates, as they are now: living, within reach, found by what the asker may see. Whoever found them may
 * have been behind; nothing else comes out of here. The best first, then what was active last.
 */
export async function loadFound(ctx: Ctx, candidates: readonly Candidate[], limit: number, isShown: IsShown): Promise<FoundRecords> {
  const load = <Row, Item extends { id: string }>(list: ListOf<Row, Item>) => loadKind(ctx, list, candidates, limit, isShown)
  const [contacts, companies, deals, tasks, notes] = await Promise.all([load(contactList), load(companyList), load(dealList), load(taskList), load(noteList)])
  const kinds = [
    { record: 'contact', best: contacts.best },
    { record: 'company', best: companies.best },
    { record: 'deal', best: deals.best },
    { record: 'task', best: tasks.best },
    { record: 'note', best: notes.best },
  ] as const
  const order = kinds.filter(({ best }) => best >= 0).toSorted((one, other) => other.best - one.best)
  return {
    order: order.map(({ record }) => record),
    contacts: contacts.items,
    companies: companies.items,
    deals: deals.items,
    tasks: tasks.items,
    notes: notes.items,
  }
}

/** Whether a record was found by what the asker may see of it. */
export type IsShown = (record: SearchedKind) => RawBuilder<boolean>

interface Loaded<Item> {
  readonly items: Item[]
  /** Rank of the first; -1 where there is none. */
  readonly best: number
}

async function loadKind<Row, Item extends { id: string }>(
  ctx: Ctx,
  { record, columns, toItem }: ListOf<Row, Item>,
  candidates: readonly Candidate[],
  limit: number,
  isShown: IsShown,
): Promise<Loaded<Item>> {
  const ranks = new Map(candidates.flatMap((candidate) => (candidate.record === record ? [[candidate.id, candidate.rank] as const] : [])))
  if (ranks.size === 0) return { items: [], best: -1 }
  const { inSight, recency } = SEARCHED_RECORDS[record]
  const id = sql.ref(`${record}.id`)
  const { rows } = await sql<Row>`select ${sql.join(columns(ctx).map((column) => (typeof column === 'string' ? sql.ref(column) : column)))}
    from ${sql.table(record)} where ${id} = any(${[...ranks.keys()]}::uuid[]) and ${inSight(ctx)} and ${isShown(record)}
    order by ${recency} desc, ${id} desc`.execute(ctx.db)
  const rankOf = ({ id: itemId }: Item) => ranks.get(itemId) ?? 0
  const items = rows.map(toItem).toSorted((one, other) => rankOf(other) - rankOf(one))
  const [first] = items
  return { items: items.slice(0, limit), best: first ? rankOf(first) : -1 }
}
