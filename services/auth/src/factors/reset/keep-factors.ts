import { enterFor } from '../../account/organization-of.ts'
import type { PublicCtx } from '../../ctx.ts'
import { linkOver } from '../../links/errors.ts'
import { linkDigest } from '../../links/link-token.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'

/** The person has not lost them, or did not ask for it: by the secret of the mail. Throws `linkOver` (410). */
export async function keepFactors(publicCtx: PublicCtx, token: string): Promise<void> {
  const keepDigest = linkDigest(token)
  const reset = await publicCtx.db.selectFrom('factorReset').select('userId').where('keepDigest', '=', keepDigest).executeTakeFirst()
  if (!reset) throw linkOver()
  const ctx = await enterFor(publicCtx, reset.userId)
  await ctx.write(async (scope) => {
    const gone = await scope.db.deleteFrom('factorReset').where('keepDigest', '=', keepDigest).returning('userId').executeTakeFirst()
    if (!gone) throw linkOver()
    if (ctx.isMember) recordSecurityEvent(scope, { kind: 'factor.reset-withdrawn', about: { type: 'user', id: reset.userId }, details: { reason: 'refused' } })
  })
}
