import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const pipeline = await startService(service)

const keep = (kind: string, decidedAt: string) =>
  pipeline.database
    .asAdmin(`insert into pipeline.deal (organization_id, id, stage_id, pipeline_id, stage_kind, entered_at, decided_at, sequence, is_deleted, version)
    values (gen_random_uuid(), gen_random_uuid(), 'won', gen_random_uuid(), '${kind}', now(), ${decidedAt}, 1, false, 1)`)

it('keeps no deal that is won or lost and does not say since when', async () => {
  await expect(keep('won', 'null')).rejects.toThrow(/deal_is_decided/)
  await expect(keep('lost', 'null')).rejects.toThrow(/deal_is_decided/)
  await keep('won', 'now()')
  await keep('open', 'null')
})
