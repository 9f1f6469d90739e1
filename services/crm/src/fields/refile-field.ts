import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const BATCH = 2000

/** Values of a choice sort by the places of its options: they follow when those are put in another order; runs `refile`. */
export const refileField: Job<{ fieldId: string }> = { name: 'crm.refile-field', payload: z.object({ fieldId: z.uuid() }) }

/** In batches, with the order that there is by now: a crash goes on where it was. */
export async function refile(ctx: Ctx, { fieldId }: { fieldId: string }): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await refileSome(ctx, fieldId)
}

async function refileSome(ctx: Ctx, fieldId: string): Promise<number> {
  return ctx.write(async ({ db }) => {
    const { rows } = await sql`
      with place as (
        select option.content ->> 'id' as option_id, (option.nth - 1)::float8 as nth
          from field cross join jsonb_array_elements(field.options) with ordinality as option (content, nth) where field.id = ${fieldId}
      ), moved as (
        select value.record_id, value.ordinal, place.nth from field_value as value join place on place.option_id = value.sort_text
         where value.field_id = ${fieldId} and value.sort_number is distinct from place.nth
         order by value.record_id, value.ordinal limit ${BATCH} for update of value
      )
      update field_value as value set sort_number = moved.nth from moved
       where value.field_id = ${fieldId} and value.record_id = moved.record_id and value.ordinal = moved.ordinal
      returning value.record_id`.execute(db)
    return rows.length
  })
}
