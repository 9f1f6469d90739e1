import { sql } from 'kysely'
import type { PublicCtx } from '../../ctx.ts'
import { lookUpTexts } from './domain-proof.ts'
import { recheckDomain } from './recheck-domain.ts'

const BATCH = 100
const AT_ONCE = 5

/** Every proven domain whose time has come. One that cannot be looked at does not keep the others waiting. */
export async function recheckDomains(publicCtx: PublicCtx): Promise<void> {
  const lookUp = lookUpTexts(publicCtx)
  for (let after = ''; ;) {
    publicCtx.signal.throwIfAborted()
    const due = await publicCtx.db
      .selectFrom('capturedDomain')
      .select(['name', 'tenantId', 'domainId'])
      .where('recheckAt', '<=', sql<Date>`now()`)
      .where('lapsedAt', 'is', null)
      .where('name', '>', after)
      .orderBy('name')
      .limit(BATCH)
      .execute()
    for (let index = 0; index < due.length; index += AT_ONCE) {
      await Promise.all(
        due.slice(index, index + AT_ONCE).map(async ({ tenantId, domainId }) => {
          const ctx = publicCtx.enter(tenantId, { type: 'system', id: null })
          await recheckDomain(ctx, lookUp, domainId).catch((error: unknown) => ctx.log.error({ err: error, domainId }, 'a domain was not looked at'))
        }),
      )
    }
    const last = due.at(-1)
    if (!last || due.length < BATCH) return
    after = last.name
  }
}
