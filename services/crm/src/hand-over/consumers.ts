import { crmSagaAnswered, pipelineSagaRequested } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { giveBackDeal, giveDeal } from './give-deal.ts'
import { makeTasks, removeTasks } from './make-tasks.ts'

/** CRM's part when a won deal is handed over. */
export const handOverConsumers = [
  crm.takePart({
    name: 'crm.take-part-in-hand-over',
    requested: pipelineSagaRequested,
    answered: crmSagaAnswered,
    parts: {
      'crm.give-deal': { do: giveDeal, undo: giveBackDeal },
      'crm.make-hand-over-tasks': { do: makeTasks, undo: removeTasks },
    },
  }),
]
