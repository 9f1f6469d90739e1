import { exportOf } from '@ai-crm/platform'
import type { Tables } from './tables.ts'

/** What of an organisation's archive is pipeline's. */
export const exporting = exportOf<Tables>()({
  tables: {
    currencySetting: { columns: ['currency', 'version'] },
    currencyRate: { columns: ['currency', 'validFrom', 'rate'] },
    forecastSnapshot: {
      columns: [
        ...([
          'pipelineId',
          'takenOn',
          'takenAt',
          'part',
          'currency',
          'wonCount',
          'wonMinor',
          'openCount',
          'openMinor',
          'weightedMinor',
          'empiricalMinor',
        ] as const),
      ],
    },
    deal: 'Follows from the events of crm.',
    dealFact: 'Follows from the events of crm.',
    stay: {
      columns: [
        ...(['dealId', 'sequence', 'stageId', 'pipelineId', 'stageKind', 'enteredAt', 'decidedAt', 'enteredBy'] as const),
        ...(['leftAt', 'outcome', 'leftBy', 'amountMinor', 'currency', 'ownerId'] as const),
      ],
    },
    handOver: {
      columns: [
        ...(['id', 'dealId', 'sequence', 'attempt', 'pipelineId', 'stageId', 'state', 'reason', 'decidedAt', 'amountMinor', 'currency'] as const),
        ...(['ownerBeforeId', 'ownerId', 'taskCount', 'begunAt', 'endedAt'] as const),
      ],
    },
    rottingStay: { columns: ['dealId', 'sequence', 'toldAt'] },
    rottingWatch: 'When to look next.',
    teamMember: 'Follows from the events of auth.',
    pipeline: { columns: ['id', 'name', 'position', 'lostReasons', 'handOver', 'archivedAt', 'version', 'createdAt', 'updatedAt'] },
    stage: {
      columns: ['id', 'pipelineId', 'name', 'kind', 'position', 'probability', 'color', 'rottingDays', 'rules', 'retiredInto', 'retiredAt'],
    },
  },
})
