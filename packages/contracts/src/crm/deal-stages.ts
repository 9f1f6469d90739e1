/** Stages in their order. A deal that is won or lost is over. */
export const DEAL_STAGES = [
  { id: 'new', kind: 'open' },
  { id: 'qualified', kind: 'open' },
  { id: 'proposal', kind: 'open' },
  { id: 'negotiation', kind: 'open' },
  { id: 'won', kind: 'won' },
  { id: 'lost', kind: 'lost' },
] as const
