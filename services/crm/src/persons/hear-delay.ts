import type { crmPersonDelayed, EventData } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** A service takes longer, and says why, or goes on. One that is done waits for nothing. */
export async function hearDelay(db: Db, { erasureId, service, waitsFor }: EventData<typeof crmPersonDelayed>): Promise<void> {
  const waits = waitsFor === null ? sql`waits - ${service}::text` : sql`waits || ${JSON.stringify({ [service]: waitsFor })}::jsonb`
  await sql`update person_erasure set waits = ${waits} where id = ${erasureId}::uuid and state = 'erasing' and not parts ? ${service}::text`.execute(db)
}
