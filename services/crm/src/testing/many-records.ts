import type { TestDatabase } from '@ai-crm/testing/database'

/** SQL of an id (of version 4) that is the same in each run; `nth` is SQL too. */
export const idOf = (kind: 'company' | 'contact' | 'deal' | 'other', nth: string): string =>
  `overlay(overlay(md5('${kind}' || (${nth})) placing '4' from 13) placing '8' from 17)::uuid`

const WORDS = `(array['Kar','Bel','Mor','San','Vel','Dob','Zim','Lor','Fen','Gar'])[1 + n % 10] || (array['anov','elin','imson','orberg','usman','ovski','arenko','enman','itsky','alder'])[1 + n / 10 % 10] || n % 97`
const PHONE = `'+7917' || lpad(n::text, 7, '0')`

/**
 * 4,000 contacts, companies and deals of one organisation beside half as many of twenty others, with tasks, notes, stories and a
 * custom field, thirty operations on a hundred contacts each, and one (the 31st) on most of them: enough that a plan which reads the whole of anything shows it.
 */
export async function seedManyRecords(database: TestDatabase, organizationId: string, ownerId: string, fieldId: string): Promise<void> {
  // Half as many again belong to others.
  const owner = (count: number) => `case when n <= ${count} then '${organizationId}'::uuid else ${idOf('other', 'n % 20')} end`
  const rows = (count: number) => `generate_series(1, ${count + count / 2}) as n`
  const mine = `'${organizationId}'::uuid`
  await database.asAdmin(`
    insert into crm.company (organization_id, id, name, domains, industry, size, owner_id)
      select ${owner(4000)}, ${idOf('company', 'n')}, ${WORDS} || ' Works', array['firm' || n || '.example'], case when n % 3 = 0 then 'Retail' end, '11-50',
        case when n % 7 = 0 then '${ownerId}'::uuid end from ${rows(4000)};
    insert into crm.contact (organization_id, id, name, email, emails, phone, phones, position, company, company_id, source, owner_id, last_activity_at, custom)
      select ${owner(4000)}, ${idOf('contact', 'n')}, 'Ada ' || ${WORDS}, n || '@bulk.example', jsonb_build_array(jsonb_build_object('address', n || '@bulk.example', 'label', null)),
        ${PHONE}, jsonb_build_array(jsonb_build_object('number', ${PHONE}, 'e164', ${PHONE}, 'extension', null, 'international', ${PHONE}, 'label', null)), 'Director ' || n,
        case when n % 4 = 0 then ${WORDS} || ' Works' end, case when n <= 4000 and n % 40 = 0 then ${idOf('company', '1 + n % 4000')} end,
        case when n % 5 = 0 then 'message' else 'manual' end, case when n % 9 = 0 then '${ownerId}'::uuid end, now() - n * interval '1 minute',
        case when n <= 4000 and n % 2 = 0 then jsonb_build_object('${fieldId}', n % 500) else '{}' end from ${rows(4000)};
    insert into crm.deal (organization_id, id, title, stage, contacts, amount_minor, currency, expected_close_on, company_id, owner_id)
      select ${owner(4000)}, ${idOf('deal', 'n')}, ${WORDS} || ' licence', (array['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'])[1 + n % 6],
        case when n <= 4000 then jsonb_build_array(jsonb_build_object('contactId', ${idOf('contact', 'n')}, 'role', null)) else '[]' end, n * 100, 'EUR',
        current_date + n % 400, case when n <= 4000 and n % 5 = 0 then ${idOf('company', '1 + n % 4000')} end, case when n % 6 = 0 then '${ownerId}'::uuid end from ${rows(4000)};
    insert into crm.task (organization_id, title, due_at, assignee_id, contact_id, done_at)
      select ${owner(2000)}, 'Call ' || n, now() + n * interval '1 hour', case when n % 3 = 0 then '${ownerId}'::uuid end,
        case when n <= 2000 then ${idOf('contact', 'n % 2000 + 1')} end, case when n % 4 = 0 then now() - n * interval '1 minute' end from ${rows(2000)};
    insert into crm.note (organization_id, body, mentions, contact_id, author_id)
      select ${mine}, 'Said ' || n, '{}', ${idOf('contact', 'n')}, '${ownerId}' from generate_series(1, 3000) as n;
    insert into crm.timeline_entry (organization_id, id, contact_id, company_id, type, occurred_at, actor, data)
      select ${owner(4000)}, gen_random_uuid(), ${idOf('contact', 'n % 2000 + 1')}, case when n % 40 = 0 then ${idOf('company', '1 + n % 4000')} end, 'contact.updated',
        now() - n * interval '1 minute', '{"type":"system","id":null}', '{}' from ${rows(4000)};
    update crm.contact set deleted_at = now() - interval '1 day', version = 2 where organization_id = ${mine} and id in (select ${idOf('contact', 'n')} from generate_series(3900, 4000) as n);
    insert into crm.record_trait (organization_id, record, kind, value, record_id)
      select organization_id, 'contact', 'called', sort_name, id from crm.contact where deleted_at is null
      union all select organization_id, 'contact', 'name', sort_name, id from crm.contact where deleted_at is null;
    insert into crm.operation (organization_id, id, kind, record, asked, status, total, changed, started_by_id)
      select ${mine}, ${idOf('other', 'n')}, 'import', 'contact', '{}', 'done', case when n = 31 then 3500 else 100 end, case when n = 31 then 3500 else 100 end, '${ownerId}'::uuid from generate_series(1, 31) as n;
    insert into crm.operation_record (organization_id, operation_id, ordinal, record_id, outcome, first_version, last_version)
      select ${mine}, ${idOf('other', '1 + n % 30')}, n, ${idOf('contact', 'n')}, 'changed', 1, 1 from generate_series(1, 3000) as n
      union all select ${mine}, ${idOf('other', '31')}, n, ${idOf('contact', 'n')}, 'changed', 1, 1 from generate_series(1, 3500) as n;
    insert into crm.duplicate_pair (organization_id, record, one_id, other_id, score, reasons)
      select ${mine}, 'contact', least(a, b), greatest(a, b), 50 + n % 50, '{name}' from generate_series(1, 2000) as n,
      lateral (select ${idOf('contact', 'n')} as a, ${idOf('contact', 'n + 2000')} as b) as pair`)
  await database.asAdmin('vacuum analyze')
}
