import { randomUUID } from 'node:crypto'
import type { Workload } from './workload.ts'

const STAGES = ['new', 'qualified', 'proposal', 'negotiation']

export const moveDeal: Workload = {
  name: 'W5',
  title: 'move a deal to another stage: row, rules, totals, event and idempotency key in one transaction',
  targetPerSecond: 2300,
  targetOfLimit: 0.24,
  async prepare({ database, organizationId }) {
    const rows = await database.query('select id, stage from crm.deal where organization_id = $1 and stage = any($2) order by id limit 5000', [
      organizationId,
      STAGES,
    ])
    const deals = rows.map(({ id, stage }) => ({ id: String(id), stage: String(stage) }))
    return (n) => {
      const deal = deals[n % deals.length]
      if (!deal) throw new Error('There are no deals: seed some.')
      const from = deal.stage
      deal.stage = STAGES[(STAGES.indexOf(from) + 1) % STAGES.length] ?? from
      return {
        method: 'POST',
        path: `/api/v1/deals/${deal.id}/move`,
        headers: { 'idempotency-key': randomUUID() },
        body: JSON.stringify({ from, stage: deal.stage }),
      }
    }
  },
  // A space after each colon, as in W1. The same deals over and over: from one stage to the next.
  async limitScript({ database, organizationId }) {
    const rows = await database.query('select id from crm.deal where organization_id = $1 and stage = any($2) order by id limit 500', [organizationId, STAGES])
    const ids = rows.map(({ id }) => `'${String(id)}'`).join(', ')
    return `
\\set n random(1, ${rows.length})
begin;
select id, stage, rank, version from crm.deal where id = ((array[${ids}])[:n])::uuid and deleted_at is null for update;
update crm.deal set stage = (array['new', 'qualified', 'proposal', 'negotiation'])[1 + (array_position(array['new', 'qualified', 'proposal', 'negotiation'], stage) % 4)],
    version = version + 1, updated_at = date_trunc('milliseconds', now())
  where id = ((array[${ids}])[:n])::uuid returning id, stage, rank;
select crm.emit_event(platform.uuid_v7(), 'deal.stage.changed', 1, 'deal', platform.uuid_v7(), '{"type":"user","id": null}', 'limit', null, 0, null,
  '{"dealId":"019ab000-0000-7000-8000-000000000000","from":"new","to":"qualified"}');
commit;
`
  },
}
