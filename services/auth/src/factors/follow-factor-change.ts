import type { Factor } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Tables } from '../tables.ts'
import { proveInSession } from '../step-up/prove-in-session.ts'

/** Who changes their own factors, and in which session. */
export interface ActingPerson {
  readonly userId: string
  readonly sessionId: string
}

/** What every change of factors brings with it: no device is trusted any more, and what was just shown counts for this session. */
export async function followFactorChange(scope: WriteScope<Tables>, { userId, sessionId }: ActingPerson, shown: Factor | null): Promise<void> {
  await scope.db.deleteFrom('rememberedDevice').where('userId', '=', userId).execute()
  await scope.db.deleteFrom('secondFactorChallenge').where('userId', '=', userId).execute()
  if (shown) await proveInSession(scope.db, sessionId, shown)
}
