import { PersonSubject, type personErasureRequested, type EventData, type PersonCounts, type PersonService } from '@ai-crm/contracts'
import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx, WriteScope } from '../context.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import type { Job } from '../jobs/job.ts'
import { countKept } from './count-person.ts'
import { hasWaitingEvents, PLATFORM_STEPS } from './erase-platform-rows.ts'
import { eraseSome, tablesToErase } from './erase-rows-of-person.ts'
import type { PersonData } from './person-data.ts'
import { tellPerson } from './tell-person.ts'

export const erasePersonJob: Job<{ erasureId: string; contactId: string; subject: PersonSubject }> = {
  name: 'platform.erase-person',
  payload: z.object({ erasureId: z.uuid(), contactId: z.uuid(), subject: PersonSubject }),
}
export const MOST_ATTEMPTS = 100
const LOOK_AGAIN_MS = 1_000

const batchErased = defineFailpoint('person.batch-committed', 'Something about a person is erased, something is not; by table')

type Scope = Pick<WriteScope<unknown>, 'enqueue'>
type Requested = Pick<EventData<typeof personErasureRequested>, 'erasureId' | 'contactId' | 'subject'>

/** With the event that asks for it. The job's row has the addresses for as long as the work takes. */
export const planErasing = (scope: Scope, { erasureId, contactId, subject }: Requested, runAt?: Date): Promise<void> =>
  scope.enqueue(erasePersonJob, { erasureId, contactId, subject }, { key: erasureId, maxAttempts: MOST_ATTEMPTS, ...(runAt ? { runAt } : {}) })

/**
 * Marks what is theirs, so that nothing grows back, and erases in batches until a look through everything finds nothing. Killed at any
 * batch, it goes on: what is erased is not found again. Then it tells how much that was.
 */
export async function erasePerson(service: PersonService, data: PersonData, ctx: Ctx, request: Requested): Promise<void> {
  const { erasureId, subject } = request
  await ctx.write(async ({ db }) => {
    await tellPerson(db, subject)
    await sql`insert into person_erasure_part (erasure_id) values (${erasureId}) on conflict do nothing`.execute(db)
    await mark(db, data, request)
  })
  // The hook is bound to the service's context where it was written; erased here.
  await data.before?.(ctx as never, subject)
  for (let found = 1; found > 0;) found = await eraseOnce(data, ctx, request)
  await ctx.write(async (scope) => {
    const { db, emit } = scope
    await tellPerson(db, subject)
    if (await hasWaitingEvents(db, erasureId, data)) return planErasing(scope, request, new Date(Date.now() + LOOK_AGAIN_MS))
    const finished = await sql<{ erased: PersonCounts }>`
      update person_erasure_part set finished_at = now() where erasure_id = ${erasureId} and finished_at is null returning erased`.execute(db)
    const [part] = finished.rows
    if (part) await emit(data.erased({ erasureId, service, erased: part.erased, kept: await countKept(db, data) }))
  })
}

async function mark(db: Kysely<unknown>, { aggregates }: PersonData, { erasureId, subject }: Requested): Promise<void> {
  await sql`insert into erased_aggregate (id, erasure_id) select id, ${erasureId}::uuid from unnest(${[...subject.contactIds, ...subject.thingIds]}::uuid[]) as given (id)
            on conflict do nothing`.execute(db)
  for (const ids of aggregates)
    await sql`insert into erased_aggregate (id, erasure_id) select id, ${erasureId}::uuid from (${sql.raw(ids)}) as found (id) on conflict do nothing`.execute(
      db,
    )
}

/** Each table until nothing is found in it; answers how much all of it was. */
async function eraseOnce(data: PersonData, ctx: Ctx, request: Requested): Promise<number> {
  const tables = (await tablesToErase(ctx.db, data)).map(([name, told]) => ({ name, run: (db: Kysely<unknown>): Promise<number> => eraseSome(db, name, told) }))
  let found = 0
  for (const { name, run } of [...PLATFORM_STEPS, ...tables]) {
    for (let count = 1; count > 0;) {
      ctx.signal.throwIfAborted()
      count = await ctx.write(async ({ db }) => {
        await tellPerson(db, request.subject)
        // What has come since: a message of this moment.
        await mark(db, data, request)
        const erased = await run(db, request.erasureId, data)
        if (erased > 0)
          await sql`update person_erasure_part set erased = jsonb_set(erased, array[${name}::text], to_jsonb(coalesce((erased ->> ${name}::text)::int, 0) + ${erased}::int))
                     where erasure_id = ${request.erasureId}`.execute(db)
        return erased
      })
      if (count > 0) batchErased(name)
      found += count
    }
  }
  return found
}
