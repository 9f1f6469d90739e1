import { systemMailRequested } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { keepSystemMailRequest } from './keep-request.ts'

export const systemMailConsumers = [messaging.consume({ name: 'messaging.send-system-mail', event: systemMailRequested, handle: keepSystemMailRequest })]
