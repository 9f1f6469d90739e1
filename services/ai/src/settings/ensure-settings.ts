import type { Write } from '../ctx.ts'

/** The organisation's settings, locked; made with the defaults where `organization.created` has not arrived yet. */
export async function ensureSettings({ db }: Pick<Write, 'db'>) {
  await db
    .insertInto('aiSettings')
    .defaultValues()
    .onConflict((conflict) => conflict.column('organizationId').doNothing())
    .execute()
  return db.selectFrom('aiSettings').selectAll().forUpdate().executeTakeFirstOrThrow()
}
