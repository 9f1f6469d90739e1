import { startService } from '@ai-crm/testing'
import { explain } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'
import type { Db } from '../ctx.ts'
import type { CompanyDraft } from '../import-reading/draft.ts'
import service from '../service.ts'
import { watchedCtx } from '../testing/watched-ctx.ts'
import { knownAmong } from './match-companies.ts'
import { knownCompanies } from './named-things.ts'

const crm = await startService(service)
/** Nobody's: what is found is locked, which a reading transaction must not. */
const NAMES = Array.from({ length: 500 }, (_, n) => `Nobody ${n}`)
const DRAFTS = NAMES.map((name, n) => ({ name, domains: [`firm${n}.example`] }) as unknown as CompanyDraft)

it('finds companies that a batch names by their index, also in a table that was empty when PostgreSQL looked at it last', async () => {
  const { organizationId } = await crm.signIn()
  await crm.database.asAdmin(`
    alter table crm.company set (autovacuum_enabled = off); alter table crm.company_domain set (autovacuum_enabled = off);
    insert into crm.company (organization_id, id, name, domains)
      select '${organizationId}', gen_random_uuid(), 'Firm ' || n, array['firm' || n || '.example'] from generate_series(1, 2000) n`)
  const { ctx, statements } = await watchedCtx(crm, organizationId)
  const asked: readonly ((db: Db) => Promise<unknown>)[] = [(db) => knownCompanies(ctx, db, NAMES), (db) => knownAmong(ctx, db, DRAFTS)]
  for (const ask of asked) {
    statements.length = 0
    await ask(ctx.db)
    for (const { rowsRead, shape } of await explain(crm.database, 'crm', organizationId, statements)) expect(rowsRead, shape).toBeLessThan(2_000)
  }
})
