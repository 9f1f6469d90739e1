import { personErasureRequested, type PersonErasure } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Scope } from '../ctx.ts'
import { ERASURE_COLUMNS, toPersonErasure } from './person-erasure.ts'

/** Asks every service anew for what is not done: it is tried now, where it was. Of one that is done nothing is asked. Throws 404. */
export async function restartErasure(ctx: Ctx, erasureId: string): Promise<PersonErasure> {
  return ctx.write(async (scope) => {
    const row = await scope.db
      .selectFrom('personErasure')
      .select([...ERASURE_COLUMNS, 'requestId'])
      .where('id', '=', erasureId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw notFound('erasure')
    const { requestId, ...erasure } = row
    if (erasure.state === 'erasing') await askAgain(scope, requestId)
    return toPersonErasure(erasure)
  })
}

/** Whom it is about, the log knows until everything is done: the contact itself may be gone by now. */
async function askAgain({ db, emit }: Pick<Scope, 'db' | 'emit'>, requestId: string): Promise<void> {
  const { rows } = await sql<{ data: unknown }>`
    select data from event where aggregate_type = 'person-erasure-request' and aggregate_id = ${requestId}::uuid order by aggregate_version limit 1`.execute(db)
  await emit(personErasureRequested(personErasureRequested.data.parse(rows[0]?.data)))
}
