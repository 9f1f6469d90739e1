import { reachesAll, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { seesAbout } from '../about/seen.ts'

const seesAll = (asker: Asker): boolean =>
  (['contact', 'company', 'deal'] as const).every(
    (record) => (asker.rights?.permissions.has(`crm.${record}.read`) ?? true) && reachesAll(asker, record, 'read'),
  )

/**
 * A condition on `task`: one's own are those that one is to do or has made; beside them, those about a record that one may see. Tasks
 * about nothing are for whoever may see every contact, company and deal: they may be about any.
 */
export function mayReach(asker: Asker): RawBuilder<boolean> {
  const { rights } = asker
  if (!rights || seesAll(asker)) return sql<boolean>`true`
  const own = sql<boolean>`(task.assignee_id = ${rights.userId}::uuid or task.created_by_id = ${rights.userId}::uuid)`
  return sql<boolean>`(${own} or ${seesAbout(asker, 'task')})`
}
