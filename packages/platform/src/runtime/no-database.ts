import type { Database } from '../db/database.ts'

/** The database of a service that owns nothing durable: whoever asks for it has a bug. */
export function noDatabase(service: string): Database {
  const refuse = (): never => {
    throw new Error(`Service ${service} declares no migrations, so it has no database.`)
  }
  return { read: refuse, readAll: refuse, batch: refuse, begin: refuse, snapshot: refuse, isHealthy: async () => true, close: async () => undefined }
}
