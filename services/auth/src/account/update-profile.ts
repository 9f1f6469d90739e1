import type { Me, UpdateProfile } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { getMe } from '../members/get-me.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/** How the person is called, and in which language we write to them. */
export async function updateProfile(ctx: Ctx, sessionId: string, { name, locale }: UpdateProfile): Promise<Me> {
  const userId = ctx.actor.type === 'user' ? ctx.actor.id : null
  if (userId === null) throw notFound('member')
  await ctx.write(async (scope) => {
    const before = await scope.db.selectFrom('userAccount').select('name').where('id', '=', userId).forUpdate().executeTakeFirst()
    if (!before) throw notFound('member')
    await scope.db.updateTable('userAccount').set({ name, locale }).where('id', '=', userId).execute()
    if (before.name !== name) recordSecurityEvent(scope, { kind: 'account.name-changed', details: { from: before.name, to: name } })
  })
  return getMe(ctx, sessionId)
}
