import type { LoadRequest } from '../load/run-load.ts'
import type { SeededFields } from '../system/seed-contacts.ts'
import type { BenchDatabase } from '../system/start-postgres.ts'

/** What a workload may look at before it begins. */
export interface Scene {
  readonly url: string
  readonly token: string
  readonly organizationId: string
  readonly database: BenchDatabase
  /** Custom fields of contacts, where they were seeded. */
  readonly fields?: SeededFields
}

export interface Workload {
  /** As in the table of targets: W1 … W13. */
  readonly name: string
  readonly title: string
  readonly targetPerSecond: number
  /** The target as a share of what PostgreSQL alone did on the machine for which it was set, with the narrower rows of then. */
  readonly targetOfLimit: number
  /** Looks around once and answers with the nth request. */
  prepare(scene: Scene): Promise<(n: number) => LoadRequest>
  /** The same SQL for pgbench. */
  limitScript(scene: Scene): Promise<string>
}

export const CONTACT_COLUMNS =
  'id, name, email, emails, phone, phones, telegrams, company, company_id, position, note, tag_ids, source, owner_id, custom, created_at, updated_at, version, last_activity_at'
