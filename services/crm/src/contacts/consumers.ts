import { memberRemoved } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { handOverContacts } from './hand-over.ts'

export const contactConsumers = [
  crm.consume({
    name: 'crm.hand-over-of-member',
    event: memberRemoved,
    handle: (scope, { data }) => scope.enqueue(handOverContacts, { from: data.userId, to: data.handedOverTo }, { key: data.userId }),
  }),
]
