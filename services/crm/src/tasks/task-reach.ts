import type { Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { seesAbout, seesAllRecords } from '../about/seen.ts'

/**
 * A condition on `task`: one's own are those that one is to do or has made; beside them, those about a record that one may see. Tasks
 * about nothing are for whoever may see every contact, company and deal: they may be about any.
 */
export function mayReach(asker: Asker): RawBuilder<boolean> {
  const { rights } = asker
  if (!rights || seesAllRecords(asker)) return sql<boolean>`true`
  const own = sql<boolean>`(task.assignee_id = ${rights.userId}::uuid or task.created_by_id = ${rights.userId}::uuid)`
  return sql<boolean>`(${own} or ${seesAbout(asker, 'task')})`
}
