import type { WebhookDelivery, WebhookDeliveryState } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** Everything, unless something is named. */
export interface DeliveryFilters {
  readonly state: WebhookDeliveryState | ''
  readonly eventType: string
}

/** Deliveries are not told to screens one by one: the log looks often while something moves, and now and then otherwise. */
const BUSY_MS = 1_500
const CALM_MS = 20_000
const moves = ({ state }: WebhookDelivery): boolean => state === 'pending' || state === 'sending'

export const deliveriesQuery = (webhookId: string, { state, eventType }: DeliveryFilters) =>
  infiniteQueryOptions({
    queryKey: ['webhook', 'deliveries', webhookId, state, eventType],
    queryFn: ({ pageParam, signal }) =>
      api.webhook.listWebhookDeliveries({
        params: { webhookId },
        query: { limit: 25, ...(state === '' ? {} : { state }), ...(eventType === '' ? {} : { eventType }), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state: { data } }) => (data?.pages.some(({ items }) => items.some(moves)) ? BUSY_MS : CALM_MS),
  })

/** `attempts` and `state` are part of the key: a delivery that went on is read anew. */
export const deliveryQuery = ({ id: deliveryId, attempts, state }: WebhookDelivery) =>
  queryOptions({
    queryKey: ['webhook', 'delivery', deliveryId, attempts, state],
    queryFn: ({ signal }) => api.webhook.getWebhookDelivery({ params: { deliveryId }, signal }),
  })
