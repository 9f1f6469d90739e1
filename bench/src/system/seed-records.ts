import { loadInBulk } from './load-in-bulk.ts'
import { insertContacts, type SeededFields } from './seed-contacts.ts'
import type { BenchDatabase } from './start-postgres.ts'

/** Others in the same tables, each with a thousandth of the contacts: what row-level security has to keep apart. */
const NEIGHBOURS = 200
const SEED_NEIGHBOURS = `
  insert into crm.contact (organization_id, name, email, emails, company, source)
  select md5('neighbour' || o)::uuid, concat('Ada ', o, ' ', n), concat(n, '@neighbour', o, '.example'),
         jsonb_build_array(jsonb_build_object('address', concat(n, '@neighbour', o, '.example'), 'label', null)), 'Engines', 'manual'
    from generate_series(1, ${NEIGHBOURS}) as o, generate_series(1, $1::int) as n`

/** What the largest organisation has on its boards. */
const DEALS = 30_000
/** A company for every fifty contacts. */
const SEED_COMPANIES = `
  insert into crm.company (organization_id, name, domains, created_at, updated_at)
  select $1, concat((array['Acme','Globex','Initech','Вектор','Umbrella','Север','Рога'])[1 + n % 7], ' ', n), array[concat('firm', n, '.example')],
         date_trunc('milliseconds', now() - n * interval '1 minute'), date_trunc('milliseconds', now() - n * interval '1 minute')
    from generate_series(1, $2::int) as n`
const SEED_DEALS = `
  insert into crm.deal (organization_id, title, stage, contacts, amount_minor, currency, expected_close_on)
  select $1, concat('Licence ', n), (array['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'])[1 + n % 6], '[]', n * 100, 'EUR', current_date + n % 400
    from generate_series(1, $2::int) as n`

/** One organisation with contacts, companies and deals, beside many small ones. */
export const seedRecords = (database: BenchDatabase, organizationId: string, contacts: number, fields: SeededFields): Promise<void> =>
  loadInBulk(database, async (query) => {
    await query(SEED_NEIGHBOURS, [Math.ceil(contacts / 1000)])
    await query(SEED_COMPANIES, [organizationId, Math.ceil(contacts / 50)])
    await query(SEED_DEALS, [organizationId, DEALS])
    await insertContacts(query, organizationId, contacts, fields)
  })
