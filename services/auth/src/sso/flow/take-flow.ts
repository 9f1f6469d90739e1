import type { HttpExchange } from '@ai-crm/platform'
import { sql, type Selectable } from 'kysely'
import type { PublicCtx } from '../../ctx.ts'
import { digestOf } from '../../sessions/refresh-token.ts'
import { readSessionCookies } from '../../sessions/session-cookies.ts'
import type { Tables } from '../../tables.ts'
import { flowOver } from '../errors.ts'

export type Flow = Selectable<Tables['ssoFlow']>

/** Spends the flow before its code is: of two callbacks one has it. Throws `flowOver` (403) in any other browser. */
export async function takeFlow(publicCtx: PublicCtx, state: string, http: HttpExchange): Promise<Flow> {
  const { device } = readSessionCookies(http)
  if (device === null) throw flowOver()
  const flow = await publicCtx.write(({ db }) =>
    db
      .deleteFrom('ssoFlow')
      .where('digest', '=', digestOf(state))
      .where('deviceDigest', '=', digestOf(device))
      .where('expiresAt', '>', sql<Date>`now()`)
      .returningAll()
      .executeTakeFirst(),
  )
  if (!flow) throw flowOver()
  return flow
}
