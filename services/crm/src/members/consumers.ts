import { memberRemoved } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { handOverTasksOf } from '../tasks/hand-over-tasks.ts'
import { handOverCompanies, handOverContacts, handOverDeals } from './hand-over.ts'

export const leavingMemberConsumers = [
  crm.consume({
    name: 'crm.hand-over-of-member',
    event: memberRemoved,
    async handle({ enqueue }, { data }) {
      const move = { from: data.userId, to: data.handedOverTo }
      for (const job of [handOverContacts, handOverCompanies, handOverDeals, handOverTasksOf]) await enqueue(job, move, { key: data.userId })
    },
  }),
]
