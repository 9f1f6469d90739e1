import { messaging } from '../ctx.ts'
import { sendAnswer, sendCustomerAnswer } from './answer-local-mail.ts'

export const localMailboxJobs = [messaging.job({ ...sendAnswer, handle: sendCustomerAnswer })]
