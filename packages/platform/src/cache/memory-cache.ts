import { LRUCache } from 'lru-cache'
import type { Cache } from '../adapters.ts'

const MAX_ENTRIES = 50_000
const MAX_CHARACTERS = 64 * 1024 * 1024

/** The cache of one process: bounded, the least recently used goes first. */
export function createMemoryCache(): Cache {
  const entries = new LRUCache<string, string>({
    max: MAX_ENTRIES,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (value, key) => value.length + key.length,
  })
  return {
    get: async (key) => entries.get(key) ?? null,
    async set(key, value, ttlSeconds) {
      entries.set(key, value, { ttl: ttlSeconds * 1000 })
    },
    async take(key) {
      const value = entries.get(key) ?? null
      entries.delete(key)
      return value
    },
    async delete(key) {
      entries.delete(key)
    },
    isHealthy: () => true,
    async close() {
      entries.clear()
    },
  }
}
