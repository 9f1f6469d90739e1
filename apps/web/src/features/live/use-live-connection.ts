import type { Operation } from '@ai-crm/contracts'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../lib/api/api.ts'
import { LiveConnection } from '../../lib/live/connection.ts'
import { setLiveStatus, useLiveStatus } from '../../lib/live/live-store.ts'
import { PROJECTION_MS, tellLiveUpdates } from '../../lib/live/updates.ts'
import { isFetchedByItself } from '../../lib/query-client.ts'
import { isProjected, staleKeys, type KeyPrefix } from './stale-keys.ts'

/** Updates of one burst are fetched once. */
const BURST_MS = 60
/** Without a live connection everything on screen is fetched anew this often. */
const FALLBACK_MS = 20_000
/** A flag changes for everybody at once: screens do not all ask in the same moment. */
const FLAGS_SPREAD_MS = 2_000

/** Collects stale keys for a moment and invalidates each once. */
function makeInvalidator(cache: QueryClient): (keys: readonly KeyPrefix[]) => void {
  const waiting = new Map<string, KeyPrefix>()
  const flush = () => {
    for (const key of waiting.values()) {
      void cache.invalidateQueries({ queryKey: key })
      if (isProjected(key)) setTimeout(() => void cache.invalidateQueries({ queryKey: key }), PROJECTION_MS)
    }
    waiting.clear()
  }
  return (keys) => {
    if (waiting.size === 0) setTimeout(flush, BURST_MS)
    for (const key of keys) waiting.set(key.join('/'), key)
  }
}

/** Keeps the screen up to date while somebody is signed in. Mounted once, by the shell. */
export function useLiveConnection(): void {
  const cache = useQueryClient()
  useEffect(() => {
    const invalidate = makeInvalidator(cache)
    const connection = new LiveConnection({
      ticket: async () => (await api.websocket.createLiveTicket({})).ticket,
      onStatus: (status) => {
        setLiveStatus(status)
        // What changed while nobody could tell us.
        if (status === 'live') invalidate([['auth', 'flags']])
      },
      onFlags: () => void setTimeout(() => invalidate([['auth', 'flags']]), Math.random() * FLAGS_SPREAD_MS),
      onUpdates: (updates) => {
        invalidate(updates.flatMap(staleKeys))
        tellLiveUpdates(updates)
      },
      onProgress: ({ draftId, body }) => cache.setQueryData(['ai', 'draft-progress', draftId], body),
      // Of one that is over by what is known already, an older number comes too late.
      onOperation: (progress) =>
        cache.setQueryData<Operation>(['crm', 'operations', progress.id], (known) =>
          known && known.finishedAt === null ? { ...known, status: 'running', ...progress } : known,
        ),
      onRefetchAll: () => void cache.invalidateQueries({ predicate: isFetchedByItself }),
    })
    connection.start()
    return () => connection.stop()
  }, [cache])

  const status = useLiveStatus()
  useEffect(() => {
    if (status !== 'reconnecting') return
    const timer = setInterval(() => void cache.invalidateQueries({ refetchType: 'active', predicate: isFetchedByItself }), FALLBACK_MS)
    return () => clearInterval(timer)
  }, [cache, status])
}
