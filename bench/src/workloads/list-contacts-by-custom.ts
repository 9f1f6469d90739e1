import type { SeededFields } from '../system/seed-contacts.ts'
import { CONTACT_COLUMNS, type Scene, type Workload } from './workload.ts'

/** A tenth of the contacts have the value; the page is in the order of another custom field. */
export const listContactsByCustom: Workload = {
  name: 'W2c',
  title: 'first page of 50, filtered by one custom field and sorted by another',
  targetPerSecond: 1000,
  targetOfLimit: 0.11,
  async prepare(scene) {
    const { numberId, selectId, optionIds } = fieldsOf(scene)
    const filter = encodeURIComponent(JSON.stringify({ all: [{ field: `custom.${selectId}`, op: 'is', value: optionIds[0] }] }))
    return () => ({ method: 'GET', path: `/api/v1/contacts?limit=50&sort=custom.${numberId}&direction=asc&filter=${filter}` })
  },
  async limitScript(scene) {
    const { numberId, selectId, optionIds } = fieldsOf(scene)
    const columns = CONTACT_COLUMNS.split(', ').map((column) => `contact.${column}`)
    return `select ${columns.join(', ')}, kept.sort_number from crm.field_value kept
cross join lateral (select * from crm.contact where contact.id = kept.record_id limit 1) contact
where kept.field_id = '${numberId}' and kept.ordinal = 0 and kept.sort_number is not null and contact.deleted_at is null
and contact.id in (select record_id from crm.field_value where field_id = '${selectId}' and sort_text = '${optionIds[0]}')
order by kept.sort_number, kept.record_id limit 51;`
  },
}

function fieldsOf({ fields }: Scene): SeededFields {
  if (!fields) throw new Error('The custom fields were not seeded.')
  return fields
}
