import type { MergeRecord } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** What became of two that looked like the same: one, or after all two, which nobody is asked about again. */
export async function settlePair(db: Db, record: MergeRecord, [oneId, otherId]: readonly [string, string], status: 'merged' | 'dismissed'): Promise<void> {
  await sql`
    insert into duplicate_pair (record, one_id, other_id, score, reasons, status, judged_at)
    values (${record}, least(${oneId}::uuid, ${otherId}::uuid), greatest(${oneId}::uuid, ${otherId}::uuid), 0, '{}', ${status}, now())
    on conflict (organization_id, one_id, other_id) do update set status = excluded.status, judged_at = excluded.judged_at`.execute(db)
}
