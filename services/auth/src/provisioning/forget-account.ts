import { isForeignKeyViolation, type Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Forgets a person who belongs to no organisation any more, with everything that is theirs. Runs `forgetAccount`. */
export const forgetAccountJob: Job<{ userId: string }> = { name: 'auth.forget-account', payload: z.object({ userId: z.uuid() }) }

/** Whoever belongs somewhere, also where they are shut out, stays: the key of the membership says so, whatever happens meanwhile. */
export async function forgetAccount(ctx: Ctx, { userId }: { userId: string }): Promise<void> {
  try {
    await ctx.write(({ db }) => db.deleteFrom('userAccount').where('id', '=', userId).execute())
  } catch (error) {
    if (!isForeignKeyViolation(error, 'membership_user_id_fkey')) throw error
    ctx.log.info({ userId }, 'the account belongs to another organisation and stays')
  }
}
