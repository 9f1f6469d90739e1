import { randomUUID } from 'node:crypto'
import { CONTACT_COLUMNS, type Workload } from './workload.ts'

export const createContact: Workload = {
  name: 'W1',
  title: 'create a contact: row, event and idempotency key in one transaction',
  targetPerSecond: 2000,
  targetOfLimit: 0.3,
  async prepare() {
    const run = randomUUID().slice(0, 8)
    return (n) => ({
      method: 'POST',
      path: '/api/v1/contacts',
      headers: { 'idempotency-key': randomUUID() },
      body: JSON.stringify({ name: `Ada Lovelace ${n}`, email: `ada${n}.${run}@example.org`, company: 'Engines' }),
    })
  },
  // A space after each colon: pgbench takes `:name` for a variable, also inside of quotes.
  async limitScript() {
    return `
\\set n random(1, 1000000000)
begin;
insert into crm.contact (name, email, emails, company, source)
  values ('Ada Lovelace ' || :n, 'ada' || :n || '@limit.example', jsonb_build_array(jsonb_build_object('address', 'ada' || :n || '@limit.example', 'label', null)), 'Engines', 'manual')
  on conflict (organization_id, email) where deleted_at is null and email is not null do nothing returning ${CONTACT_COLUMNS};
select crm.emit_event(platform.uuid_v7(), 'contact.created', 1, 'contact', platform.uuid_v7(), '{"type":"user","id": null}', 'limit', null, 0, null,
  '{"contactId":"019ab000-0000-7000-8000-000000000000","name":"Ada Lovelace","email": null,"emails": [],"phone": null,"phones": [],"telegrams": [],"company":"Engines","companyId": null,"position": null,"note": null,"tagIds": [],"source":"manual","ownerId": null,"custom": {}}');
commit;
`
  },
}
