import type { BenchDatabase, Query } from './start-postgres.ts'

/** What the triggers of records keep beside them, of all records at once: the rows that they would have left. */
const KEPT = [
  `insert into crm.contact_address (organization_id, kind, value, contact_id)
   select contact.organization_id, given.kind, given.value, contact.id from crm.contact, crm.addresses_of(contact) as given on conflict do nothing`,
  `insert into crm.contact_search (tenant_id, contact_id, words)
   select organization_id, id, concat_ws(' ', crm.contact_words(name, email, emails, phone, phones, telegrams, company),
          case when custom <> '{}' then crm.fold_text(crm.custom_words(organization_id, custom)) end) from crm.contact on conflict do nothing`,
  `insert into crm.contact_position (tenant_id, contact_id, words)
   select organization_id, id, crm.fold_text(position) from crm.contact where position is not null on conflict do nothing`,
  `insert into crm.company_domain (organization_id, domain, company_id)
   select organization_id, unnest(domains), id from crm.company on conflict do nothing`,
  `insert into crm.company_search (tenant_id, company_id, words)
   select organization_id, id, ' ' || crm.fold_text(concat_ws(' ', name, array_to_string(domains, ' '))) from crm.company on conflict do nothing`,
  `insert into crm.deal_search (tenant_id, deal_id, words) select organization_id, id, ' ' || crm.fold_text(title) from crm.deal on conflict do nothing`,
  `insert into crm.field_value (organization_id, field_id, record_id, ordinal, sort_text, sort_number)
   select field.organization_id, field.id, contact.id, sorted.ordinal, sorted.sort_text, sorted.sort_number
     from crm.contact cross join lateral jsonb_each(contact.custom) as given (key, value)
     join crm.field on field.organization_id = contact.organization_id and field.id = given.key::uuid
    cross join lateral crm.sort_keys(field.kind, field.options, given.value) as sorted
    where contact.custom <> '{}' on conflict do nothing`,
  `insert into crm.stage select first.* from (select distinct organization_id from crm.deal) as known
    cross join lateral crm.first_stages(known.organization_id) as first on conflict do nothing`,
  `update crm.deal set pipeline_id = stage.pipeline_id, stage_kind = stage.kind from crm.stage
    where stage.organization_id = deal.organization_id and stage.id = deal.stage`,
  `insert into crm.stage_total (organization_id, stage, currency, deals, amount_minor)
   select organization_id, stage, coalesce(currency, ''), count(*), coalesce(sum(amount_minor), 0) from crm.deal where deleted_at is null
    group by organization_id, stage, coalesce(currency, '') on conflict do nothing`,
]

const TABLES = [
  'contact',
  'contact_address',
  'contact_search',
  'contact_position',
  'company',
  'company_domain',
  'company_search',
  'deal',
  'deal_search',
  'field_value',
]

/**
 * Stores records by `insert` without their triggers and beside no index that keeps no rule, and does both for all of them afterwards: a million
 * contacts in minutes. What is there from before stays.
 */
export async function loadInBulk(database: BenchDatabase, insert: (query: Query) => Promise<void>): Promise<void> {
  await database.inSession(async (query) => {
    await query(
      "set session_replication_role = replica; set maintenance_work_mem = '512MB'; set max_parallel_maintenance_workers = 1; set synchronous_commit = off",
    )
    const indexes = await query(
      `select format('%I.%I', schemaname, indexname) as name, indexdef as definition from pg_indexes
        where schemaname = 'crm' and tablename = any($1) and not exists
          (select from pg_index where indexrelid = format('%I.%I', schemaname, indexname)::regclass and indisunique)`,
      [TABLES],
    )
    for (const { name } of indexes) await query(`drop index ${String(name)}`)
    await insert(query)
    for (const statement of KEPT) await query(statement)
    for (const { definition } of indexes) await query(String(definition))
    await query('reset all')
    // What the seed dirtied is written now, not under the first workload.
    await query('vacuum analyze')
    await query('checkpoint')
  })
}
