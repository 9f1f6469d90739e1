import { pipelinePersonDelayed, pipelinePersonErased, pipelinePersonExported } from '@ai-crm/contracts'
import { personDataOf } from '@ai-crm/platform'
import type { Tables } from '../tables.ts'

/** Nothing here is about people outside of the organisation; events about them that could not be handled are the platform's to look through. */
export const personData = personDataOf<Tables>()({
  tables: {
    pipeline: 'Of the organisation.',
    stage: 'Of the organisation.',
    currencySetting: 'Of the organisation.',
    currencyRate: 'Of the organisation.',
    forecastSnapshot: 'Sums.',
    deal: 'Ids and numbers.',
    dealFact: 'Ids and numbers.',
    stay: 'Ids and numbers.',
    handOver: 'Ids and numbers.',
    rottingStay: 'Ids and numbers.',
    rottingWatch: 'Ids and numbers.',
    teamMember: 'Of members of the organisation.',
  },
  aggregates: [],
  erased: pipelinePersonErased,
  delayed: pipelinePersonDelayed,
  exported: pipelinePersonExported,
})
