import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchDatabase } from '../system/start-postgres.ts'

/** The same rows with the same rules: who is known by their e-mail stays, the company is found by its name, each row has its event. */
const STORE = `
  with made as (
    insert into crm.contact (name, email, emails, phone, phones, company, company_id, position, source)
    select given.name, given.email, jsonb_build_array(jsonb_build_object('address', given.email, 'label', null)), given.phone,
           jsonb_build_array(jsonb_build_object('number', given.phone, 'e164', given.phone, 'extension', null, 'international', given.phone, 'label', null)),
           given.company, company.id, given.position, 'import'
      from incoming as given left join crm.company on company.sort_name = crm.fold_text(given.company) and company.deleted_at is null
     where not exists (select from crm.contact_address where kind = 'email' and value = given.email)
    on conflict (organization_id, email) where deleted_at is null and email is not null do nothing
    returning *
  ), happened as (
    insert into crm.event (id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at, correlation_id, causation_id, depth, trace, data)
    select platform.uuid_v7(), 'contact.created', 1, 'contact', made.id, 1, '{"type":"user","id":null}', date_trunc('milliseconds', clock_timestamp()), 'limit', null, 0, null,
           jsonb_build_object('contactId', made.id, 'name', name, 'email', email, 'emails', emails, 'phone', phone, 'phones', phones, 'telegrams', telegrams, 'company', company,
                              'companyId', company_id, 'position', position, 'note', note, 'tagIds', tag_ids, 'source', source, 'ownerId', owner_id, 'custom', custom)
      from made
    returning id, aggregate_id
  )
  insert into crm.outbox (event_id, partition) select id, get_byte(uuid_send(aggregate_id), 15) & 15 from happened`

/** Seconds that PostgreSQL alone needs for the file: one COPY and one INSERT, as crm's own role in the organisation, triggers and all. */
export async function importLimit(database: BenchDatabase, organizationId: string, csv: string): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'ai-crm-import-limit-'))
  try {
    const file = join(directory, 'people.csv')
    writeFileSync(file, csv)
    let seconds = 0
    await database.inSession(async (query) => {
      await query('create temp table incoming (name text, email text, phone text, company text, position text)')
      await query('grant select on incoming to crm_app')
      // As an import, it has looked for whom it knows.
      await query("select set_config('app.organization_id', $1, false), set_config('crm.known_are_found', 'on', false)", [organizationId])
      const startedAt = performance.now()
      await query(`copy incoming from '${file}' with (format csv, header)`)
      await query('set role crm_app')
      await query(STORE)
      seconds = (performance.now() - startedAt) / 1000
    })
    return seconds
  } finally {
    rmSync(directory, { recursive: true })
  }
}
