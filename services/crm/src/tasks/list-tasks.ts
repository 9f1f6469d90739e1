import type { Task, TaskSearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { ownedBy } from '../owned-by.ts'
import { taskColumns, toTask } from './task.ts'
import { mayReach } from './task-reach.ts'

/** Each has an index (organization, column, id); none can be null. */
const ORDERS = { open: { column: 'task.sortDue', direction: 'asc' }, done: { column: 'task.sortDone', direction: 'desc' } } as const

/** Living tasks, page by page: open ones by when they are due, done ones by when they were done. */
export async function listTasks(ctx: Ctx, search: TaskSearch): Promise<{ items: Task[]; nextCursor: string | null }> {
  const rows = await taskPage(ctx, search).execute()
  const items = rows.slice(0, search.limit)
  const last = rows.length > search.limit ? items.at(-1) : undefined
  return { items: items.map(toTask), nextCursor: last ? encodeCursor(ctx, kindOf(search), [last.sortKey, last.id]) : null }
}

/** A cursor continues the list it came from. */
const kindOf = ({ state, assignee, dueBefore, contactId, companyId, dealId }: TaskSearch): string =>
  ['tasks', state, assignee ?? '', dueBefore ?? '', contactId ?? '', companyId ?? '', dealId ?? ''].join('/')

/** One row more than the page: whether there is a next one. */
function taskPage(ctx: Ctx, query: TaskSearch) {
  const { state, assignee, dueBefore, contactId, companyId, dealId, limit, cursor } = query
  const { column, direction } = ORDERS[state]
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(query), cursor)
  return ctx.db
    .selectFrom('task')
    .select(taskColumns(ctx))
    .select(({ cast, ref }) => cast<string>(ref(column), 'text').as('sortKey'))
    .where('task.deletedAt', 'is', null)
    .where('task.doneAt', state === 'open' ? 'is' : 'is not', null)
    .where(mayReach(ctx))
    .$if(assignee !== undefined, (page) => page.where(ownedBy(ctx, assignee ?? 'nobody', 'task.assigneeId')))
    .$if(dueBefore !== undefined, (page) => page.where(sql<boolean>`task.sort_due < ${dueBefore}::timestamptz`))
    .$if(contactId !== undefined, (page) => page.where('task.contactId', '=', contactId ?? ''))
    .$if(companyId !== undefined, (page) => page.where('task.companyId', '=', companyId ?? ''))
    .$if(dealId !== undefined, (page) => page.where('task.dealId', '=', dealId ?? ''))
    .$if(after !== null, (page) =>
      page.where(({ ref }) =>
        isAfter(
          [
            { column: ref(column), direction },
            { column: ref('task.id'), direction },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy(column, direction)
    .orderBy('task.id', direction)
    .limit(limit + 1)
}
