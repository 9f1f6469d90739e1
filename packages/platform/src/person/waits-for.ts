import type { PersonService, PersonWait } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { PersonData } from './person-data.ts'

/** A service and where it keeps something about people. */
export interface Erasing {
  readonly service: PersonService
  readonly data: PersonData
}

/** What an erasure waits for may pass: it is tried again, and its report says so meanwhile. */
export class ErasureWaits extends Error {
  readonly waitsFor: PersonWait

  constructor(waitsFor: PersonWait, message: string, options?: ErrorOptions) {
    super(message, options)
    this.waitsFor = waitsFor
  }
}

/** Tells what an erasure waits for from now on, once; null: nothing any more. */
export async function sayWaits(ctx: Ctx, { service, data }: Erasing, erasureId: string, waitsFor: PersonWait | null): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const { rows } = await sql`
      update person_erasure_part set waits_for = ${waitsFor}
       where erasure_id = ${erasureId}::uuid and finished_at is null and waits_for is distinct from ${waitsFor} returning 1`.execute(db)
    if (rows.length > 0) await emit(data.delayed({ erasureId, service, waitsFor }))
  })
}
