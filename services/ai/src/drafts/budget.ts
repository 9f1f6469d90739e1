import { sql } from 'kysely'
import type { Write } from '../ctx.ts'

/** Takes one draft out of the organisation's budget of this hour (C9). False when it is used up. */
export async function takeFromBudget({ db }: Pick<Write, 'db'>, draftsPerHour: number): Promise<boolean> {
  const taken = await db
    .insertInto('draftBudget')
    .values({ hour: sql<Date>`date_trunc('hour', now())`, used: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['organizationId', 'hour'])
        .doUpdateSet((eb) => ({ used: eb('draftBudget.used', '+', 1) }))
        .where('draftBudget.used', '<', draftsPerHour),
    )
    .returning('used')
    .executeTakeFirst()
  return taken !== undefined
}
