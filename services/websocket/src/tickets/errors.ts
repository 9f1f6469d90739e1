import { defineError } from '@ai-crm/platform'

export const noPrincipal = defineError('websocket.ticket.unauthenticated', 401, () => 'Sign in first.')
