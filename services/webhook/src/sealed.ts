import type { SealedColumn } from '@ai-crm/platform'
import { secretBinding, secretKey } from './subscriptions/secret.ts'

const ofSubscription = (column: string): SealedColumn => ({ table: 'subscription', column, key: 'id', purpose: secretKey, binding: secretBinding })

/** What is sealed anew when the master secret is exchanged. */
export const sealed: readonly SealedColumn[] = [ofSubscription('sealed_secret'), ofSubscription('previous_secret')]
