import { aiDraftApproved } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { sendApprovedDraft } from './send-approved-draft.ts'

export const deliveryConsumers = [messaging.consume({ name: 'messaging.send-approved-draft', event: aiDraftApproved, handle: sendApprovedDraft })]
