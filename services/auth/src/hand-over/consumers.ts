import { authSagaAnswered, pipelineSagaRequested } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { vouchForPeople } from './vouch-for-people.ts'

/** Auth's part when a won deal is handed over: nothing is done, so nothing is taken back. */
export const handOverConsumers = [
  auth.takePart({
    name: 'auth.take-part-in-hand-over',
    requested: pipelineSagaRequested,
    answered: authSagaAnswered,
    parts: { 'auth.vouch-for-people': { do: vouchForPeople, undo: async () => undefined } },
  }),
]
