import type { Workload } from './workload.ts'

/** Of six columns. */
const CARDS = 33
const STAGES = ['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost']

export const getBoard: Workload = {
  name: 'W6',
  title: 'a board of six columns with 200 cards of 30,000 deals, counts and sums',
  targetPerSecond: 1200,
  targetOfLimit: 0.3,
  prepare: async () => () => ({ method: 'GET', path: `/api/v1/boards?limit=${CARDS}` }),
  limitScript: async () => {
    const columns = STAGES.map((stage) => {
      const isDecided = stage === 'won' || stage === 'lost'
      const decided = isDecided ? "and stage_kind <> 'open'" : ''
      const order = isDecided ? 'stage_entered_at desc, id desc' : 'sort_rank'
      return `(select id, title, amount_minor, currency, stage, expected_close_on, company_id, tag_ids, owner_id, version, stage_entered_at
        from crm.deal where deleted_at is null ${decided} and stage = '${stage}' order by ${order} limit ${CARDS + 1})`
    })
    return `${columns.join(' union all ').replaceAll('\n', ' ')};
select stage, currency, sum(deals), sum(amount_minor) from (select stage, currency, deals, amount_minor from crm.stage_total union all select stage, currency, deals, amount_minor from crm.stage_delta) as kept group by 1, 2;`
  },
}
