import { startService } from '@ai-crm/testing'
import { explain } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'
import type { Db } from '../ctx.ts'
import type { CompanyDraft, DraftedRow } from '../import-reading/draft.ts'
import service from '../service.ts'
import { watchedCtx } from '../testing/watched-ctx.ts'
import { knownAmong } from './match-companies.ts'
import { withNamedRecords } from './named-records.ts'
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

const RECORDS = ['contact', 'company', 'deal'] as const
const naming = (text: string): DraftedRow =>
  ({ number: 2, cells: [], complaints: [], draft: { custom: {}, named: RECORDS.map((record) => ({ record, text })) } }) as unknown as DraftedRow

it('looks once by name and once by address for all records of a kind that the fields of a batch name, each by its index', async () => {
  const { organizationId } = await crm.signIn()
  await crm.database.asAdmin(`
    alter table crm.contact set (autovacuum_enabled = off); alter table crm.contact_address set (autovacuum_enabled = off); alter table crm.deal set (autovacuum_enabled = off);
    insert into crm.contact (organization_id, id, name, source, email, emails)
      select '${organizationId}', gen_random_uuid(), 'Ada ' || n, 'manual', 'ada' || n || '@x.example', jsonb_build_array(jsonb_build_object('address', 'ada' || n || '@x.example', 'label', null))
        from generate_series(1, 2000) n;
    insert into crm.deal (organization_id, id, title, stage, contacts) select '${organizationId}', gen_random_uuid(), 'Deal ' || n, 'new', '[]' from generate_series(1, 2000) n`)
  const { ctx, statements } = await watchedCtx(crm, organizationId)
  const rows = NAMES.flatMap((name, n) => [naming(name), naming(`nobody${n}@y.example`), naming(`nobody${n}.example`)])
  const found = await withNamedRecords(ctx, ctx.db, rows)
  expect(found.every(({ draft }) => draft === null)).toBe(true)
  expect(statements).toHaveLength(5)
  for (const { rowsRead, shape } of await explain(crm.database, 'crm', organizationId, statements)) expect(rowsRead, shape).toBeLessThan(5_000)
})
