import { kyselyFor, type Statement } from '@ai-crm/platform'
import type { TestService } from '@ai-crm/testing'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'

interface Watched {
  readonly ctx: Ctx
  /** What `ctx.db` was asked, in order, from its beginning or from when it was emptied. */
  readonly statements: Statement[]
}

/** As a request of the organisation would ask, with every statement that it needs kept. */
export async function watchedCtx(crm: TestService, organizationId: string): Promise<Watched> {
  const app = await crm.database.open('crm', 'app')
  const statements: Statement[] = []
  const db = kyselyFor<Tables>(async (statement) => {
    statements.push(statement)
    return app.read({ organizationId }, statement)
  })
  return {
    ctx: { ...crm.ctx(organizationId), config: { ERASURE_SETTLE_SECONDS: 0, TRASH_DAYS: 30, CLAMD_URL: undefined, SCAN_MAX_MB: 100, RESCAN_DAYS: 0 }, db },
    statements,
  }
}
