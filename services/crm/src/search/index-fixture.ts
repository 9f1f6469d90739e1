import { createLogger, openSearchIndex, RelayConnection, rebuildUnderLock, serviceDatabaseUrl, type SearchIndex } from '@ai-crm/platform'
import { startService, type TestService } from '@ai-crm/testing'
import { afterAll } from 'vitest'
import service from '../service.ts'

/** An Elasticsearch that tests may make indices in; they remove them. Absent: what needs one is skipped, and says so. */
export const elasticsearchUrl = process.env['TEST_ELASTICSEARCH_URL']
export const log = createLogger({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent', isPretty: false })

export interface IndexedCrm {
  readonly crm: TestService
  readonly search: SearchIndex
  /** As the command does it. */
  rebuild(): ReturnType<typeof rebuildUnderLock>
  /** What was written can be found. */
  settled(): Promise<void>
  /** Asks Elasticsearch itself. */
  ask(method: string, path: string): Promise<unknown>
}

/** Crm beside a real index of its own, built. */
export async function startIndexedCrm(url: string): Promise<IndexedCrm> {
  const prefix = `test-${crypto.randomUUID().slice(0, 8)}`
  const search = await openSearchIndex({ url, prefix, log })
  // Where the index does not answer, PostgreSQL does, and no test would notice.
  const crm = await startService(service, {
    search: {
      ...search,
      async find(...asked) {
        const found = await search.find(...asked)
        if (found === null) throw new Error('Elasticsearch did not answer.')
        return found
      },
    },
  })
  const { databaseUrl, cluster } = crm.database
  const connection = new RelayConnection({ service: 'crm', login: serviceDatabaseUrl(databaseUrl, 'crm', 'relay', cluster.masterSecret), log })
  const life = setInterval(() => void connection.query('select 1').catch(() => undefined), 2_000)
  await new Promise<void>((resolve) => connection.onWake(resolve))
  const ask = async (method: string, path: string): Promise<unknown> => (await fetch(new URL(`${prefix}-${path}`, url), { method })).json()
  const { searching } = service
  if (!searching) throw new Error('Crm is not searched.')
  const rebuild = () => rebuildUnderLock({ index: search, searching, connection }, crm.publicCtx())
  await rebuild()
  afterAll(async () => {
    clearInterval(life)
    await crm.stop()
    await connection.close()
    const generations = await ask('GET', 'records*/_alias')
    for (const name of Object.keys(Object(generations))) await fetch(new URL(name, url), { method: 'DELETE' })
    await search.close()
  })
  return {
    crm,
    search,
    rebuild,
    ask,
    async settled() {
      await crm.settle()
      await ask('POST', 'records/_refresh')
    },
  }
}
