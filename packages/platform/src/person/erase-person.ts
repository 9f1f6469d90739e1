import { PersonSubject } from '@ai-crm/contracts'
import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx, WriteScope } from '../context.ts'
import { isForeignKeyViolation, sqlStateOf } from '../db/errors.ts'
import { STATEMENT_TIMEOUT_MS } from '../db/prepare/service-roles.ts'
import { refusalOf } from '../events/refusal.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import type { Job } from '../jobs/job.ts'
import { forgetRequest, hasWaitingEvents } from './erase-platform-rows.ts'
import { nextPageRows, readProgress, storeProgress, type Progress } from './person-progress.ts'
import { personSteps } from './person-steps.ts'
import type { Step, Stride } from './stride.ts'
import { tellPerson } from './tell-person.ts'
import { ErasureWaits, sayWaits, type Erasing } from './waits-for.ts'

const Request = z.object({
  erasureId: z.uuid(),
  contactId: z.uuid(),
  subject: PersonSubject,
  /** Of the event that asks; absent in jobs of the release before. */
  requestId: z.uuid().optional(),
})
type Request = z.infer<typeof Request>
export const erasePersonJob: Job<Request> = { name: 'platform.erase-person', payload: Request }

/** What is not done by then goes on in the next job: others get their turn. */
const ENOUGH_MS = 60_000
const LOOK_AGAIN_MS = 1_000
const QUERY_CANCELED = '57014'

const batchErased = defineFailpoint('person.batch-committed', 'Something about a person is erased, something is not; by table')

/** With the event that asks for it, however often. The job's row has the addresses for as long as the work takes; it is never given up. */
export const planErasing = (scope: Pick<WriteScope<unknown>, 'enqueue'>, { erasureId, contactId, subject, requestId }: Request, runAt?: Date): Promise<void> =>
  scope.enqueue(erasePersonJob, { erasureId, contactId, subject, requestId }, { key: erasureId, maxAttempts: 'endless', ...(runAt ? { runAt } : {}) })

/**
 * Marks what is theirs, so that nothing grows back, and erases in batches until a look through everything finds nothing; then tells how much that
 * was. Every batch commits with the place behind which the next one begins: killed, or out of time, it goes on there. Done, it does nothing.
 */
export async function erasePerson(ctx: Ctx, erasing: Erasing, request: Request): Promise<void> {
  const { erasureId, subject } = request
  try {
    const progress = await begin(ctx, request)
    if (progress === null) return
    // Hooks are bound to the service's context where they were written; erased here.
    await erasing.data.before?.(ctx as never, subject)
    if (!(await workThrough(ctx, erasing, request, progress))) {
      await sayWaits(ctx, erasing, erasureId, null)
      return await ctx.write((scope) => planErasing(scope, request))
    }
    await erasing.data.beyond?.(ctx as never, subject, erasureId)
    if (!(await finish(ctx, erasing, request))) await sayWaits(ctx, erasing, erasureId, 'publishing')
  } catch (error) {
    // While a projection is rebuilt: the next attempt finds all that it has brought.
    if (!ctx.signal.aborted && refusalOf(error) === null) await sayWaits(ctx, erasing, erasureId, error instanceof ErasureWaits ? error.waitsFor : 'failing')
    throw error
  }
}

/** Null where it is done. */
const begin = (ctx: Ctx, { erasureId, subject }: Request): Promise<Progress | null> =>
  ctx.write(async ({ db }) => {
    // Whoever rebuilds sees these marks, or has rebuilt already.
    await sql`select pass_unless_paused()`.execute(db)
    await sql`insert into person_erasure_part (erasure_id) values (${erasureId}) on conflict do nothing`.execute(db)
    const progress = await readProgress(db, erasureId)
    if (progress?.step === null) await markSubject(db, erasureId, subject)
    return progress
  })

async function markSubject(db: Kysely<unknown>, erasureId: string, { contactIds, conversationIds, thingIds }: PersonSubject): Promise<void> {
  await sql`insert into erased_aggregate (id, erasure_id)
            select id, ${erasureId}::uuid from unnest(${[...contactIds, ...conversationIds, ...thingIds]}::uuid[]) as given (id) on conflict do nothing`.execute(
    db,
  )
}

/** False: that was enough for now. */
async function workThrough(ctx: Ctx, { data }: Erasing, request: Request, begun: Progress): Promise<boolean> {
  const steps = await personSteps(ctx.db, data)
  const startedMs = performance.now()
  let progress = begun
  for (let step = nextStep(steps, progress); step; step = nextStep(steps, progress)) {
    ctx.signal.throwIfAborted()
    if (performance.now() - startedMs > ENOUGH_MS || ctx.remainingMs() < 2 * STATEMENT_TIMEOUT_MS) return false
    progress = await strideOn(ctx, request, steps, step, progress)
  }
  return true
}

const OVER = 'over'
const nextStep = (steps: readonly Step[], { step }: Progress): Step | undefined =>
  step === OVER ? undefined : (steps.find(({ name }) => name === step) ?? steps[0])

async function strideOn(ctx: Ctx, request: Request, steps: readonly Step[], step: Step, progress: Progress): Promise<Progress> {
  const { erasureId, subject } = request
  const startedMs = performance.now()
  try {
    const { next, count } = await ctx.write(async ({ db }) => {
      await tellPerson(db, subject)
      const isWalk = progress.walked.includes(step.name)
      const start = isWalk || step.kind === 'event' ? { after: progress.after, pageRows: progress.pageRows } : null
      const stride = await step.stride(db, erasureId, start)
      const pageRows = isWalk ? nextPageRows(progress.pageRows, performance.now() - startedMs) : progress.pageRows
      const after = afterStride(steps, step, { ...progress, pageRows }, stride)
      const isErased = step.kind === 'found' || step.kind === 'event'
      await storeProgress(db, erasureId, after, isErased ? { name: step.name, count: stride.count } : undefined)
      return { next: after, count: stride.count }
    })
    if (count > 0 && step.kind !== 'kept') batchErased(step.name)
    return next
  } catch (error) {
    const other = ctx.signal.aborted ? null : afterFailure(step, progress, error)
    if (other === null) throw error
    ctx.log.warn({ err: error, step: step.name }, 'an erasure goes on in another way')
    await ctx.write(({ db }) => storeProgress(db, erasureId, other))
    return other
  }
}

function afterStride(steps: readonly Step[], step: Step, progress: Progress, { count, after }: Stride): Progress {
  const found = progress.found + (step.kind === 'found' ? count : 0)
  const before = progress.after === null ? 0 : (progress.kept[step.name] ?? 0)
  const kept = step.kind === 'kept' && before + count > 0 ? { ...progress.kept, [step.name]: before + count } : progress.kept
  if (after !== null) return { ...progress, step: step.name, after: [...after], found, kept }
  // Something was found: a look through everything follows that has to find nothing.
  if (step.kind === 'event' && found > 0) return { ...progress, step: null, after: null, found: 0, kept: {} }
  return { ...progress, step: steps[steps.indexOf(step) + 1]?.name ?? OVER, after: null, found, kept }
}

/** Null: it is tried again as it is. */
function afterFailure(step: Step, progress: Progress, error: unknown): Progress | null {
  if (sqlStateOf(error) === QUERY_CANCELED && step.kind !== 'event') {
    if (!progress.walked.includes(step.name)) return { ...progress, after: null, walked: [...progress.walked, step.name] }
    return progress.pageRows > 1 ? { ...progress, pageRows: Math.ceil(progress.pageRows / 4) } : null
  }
  // Something came that refers to what was to go: children first, once more.
  return isForeignKeyViolation(error) ? { ...progress, step: null, after: null, found: 0, kept: {} } : null
}

/** False: events about them wait for the bus, and are emptied behind it. */
const finish = (ctx: Ctx, { service, data }: Erasing, request: Request): Promise<boolean> =>
  ctx.write(async (scope) => {
    const { db, emit } = scope
    const { erasureId, requestId } = request
    const progress = await readProgress(db, erasureId)
    if (progress === null) return true
    if (await hasWaitingEvents(db, erasureId, data.aggregates)) {
      await storeProgress(db, erasureId, { ...progress, step: 'event', after: null, found: 0, kept: {} })
      await planErasing(scope, request, new Date(Date.now() + LOOK_AGAIN_MS))
      return false
    }
    if (requestId !== undefined) await forgetRequest(db, erasureId, requestId)
    const { rows } = await sql<{ erased: Record<string, number> }>`
      update person_erasure_part set finished_at = now(), waits_for = null where erasure_id = ${erasureId}::uuid and finished_at is null returning erased`.execute(
      db,
    )
    if (rows[0]) await emit(data.erased({ erasureId, service, erased: rows[0].erased, kept: progress.kept }))
    return true
  })
