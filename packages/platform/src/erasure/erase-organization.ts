import { sql, type QueryExecutorProvider } from 'kysely'
import { z } from 'zod'
import type { Ctx, WriteScope } from '../context.ts'
import type { Consumer, ConsumerScope } from '../events/consumer.ts'
import type { ConfigSpec } from '../config.ts'
import type { Job } from '../jobs/job.ts'
import type { EventData, SagaRequest } from '@ai-crm/contracts'
import { ERASE_JOB, eraseRows } from './erase-rows.ts'
import type { Erasure, erasureVariables } from './erasure.ts'

export const eraseJob: Job<{ sagaId: string }> = { name: ERASE_JOB, payload: z.object({ sagaId: z.uuid() }) }
const MOST_ATTEMPTS = 100
const LOOK_AGAIN_MS = 2_000
/** Stays until the outbox is empty, and the answer with it. */
const LAST: ReadonlySet<string> = new Set(['event', 'outbox', 'saga', 'saga_answer', 'erased_organization'])
const TOMBSTONE: ReadonlySet<string> = new Set(['erased_organization'])

type Scope = Pick<WriteScope<unknown>, 'enqueue'> & { readonly db: QueryExecutorProvider }
export type EraseCtx = Ctx<unknown, typeof erasureVariables>

/** Marks the organisation as erased here, and plans the work: nothing reaches it any more from now on. */
export async function beginErasing(scope: Scope, sagaId: string): Promise<void> {
  await sql`insert into erased_organization (saga_id, stage) values (${sagaId}, 'erasing') on conflict do nothing`.execute(scope.db)
  await scope.enqueue(eraseJob, { sagaId }, { key: 'erase', maxAttempts: MOST_ATTEMPTS })
}

/** Hears the request to erase; the answer comes from the job, when it is done. */
export const eraseConsumer = (service: string, { requested }: Erasure): Consumer => ({
  name: `${service}.erase-organization`,
  event: requested,
  async handle(scope: ConsumerScope<unknown, ConfigSpec>, { data }: { data: EventData<SagaRequest> }) {
    if (data.step === `${service}.erase` && data.action === 'do') await beginErasing(scope, data.sagaId)
  },
})

/** One stage after another, each resumable. `answered` is told only where somebody has asked. */
export async function eraseOrganization(service: string, erasure: Erasure, ctx: EraseCtx, { sagaId }: { sagaId: string }): Promise<void> {
  const { rows } = await sql<{ stage: string }>`select stage from erased_organization`.execute(ctx.db)
  const stage = rows[0]?.stage
  if (stage === 'erasing') {
    // The hook is bound to the service's context where it was written; erased here.
    await erasure.before?.(ctx as never)
    const erased = await eraseRows(ctx, LAST)
    ctx.log.info({ count: erased }, 'an organisation was erased; once more when everything has settled')
    await goOn(ctx, sagaId, 'settling', ctx.config.ERASURE_SETTLE_SECONDS * 1_000)
  } else if (stage === 'settling') {
    await erasure.before?.(ctx as never)
    await eraseRows(ctx, LAST)
    await ctx.write(async (scope) => {
      await scope.emit(erasure.answered({ sagaId, step: `${service}.erase`, outcome: 'done', reason: null }))
      await moveTo(scope, sagaId, 'answered', LOOK_AGAIN_MS)
    })
  } else if (stage === 'answered') {
    const { rows: waiting } = await sql`select from outbox join event on event.id = outbox.event_id limit 1`.execute(ctx.db)
    if (waiting.length > 0) return goOn(ctx, sagaId, 'answered', LOOK_AGAIN_MS)
    await eraseRows(ctx, TOMBSTONE)
    await ctx.write(({ db }) => sql`update erased_organization set stage = 'erased', erased_at = now()`.execute(db))
  }
}

const goOn = (ctx: EraseCtx, sagaId: string, stage: string, waitMs: number): Promise<void> => ctx.write((scope) => moveTo(scope, sagaId, stage, waitMs))

async function moveTo(scope: Scope, sagaId: string, stage: string, waitMs: number): Promise<void> {
  await sql`update erased_organization set stage = ${stage}`.execute(scope.db)
  const runAt = new Date(Date.now() + waitMs)
  await scope.enqueue(eraseJob, { sagaId }, { key: 'erase', maxAttempts: MOST_ATTEMPTS, runAt })
}
