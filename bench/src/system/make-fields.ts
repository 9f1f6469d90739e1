import { api, Field, type CreateField } from '@ai-crm/contracts'
import { request } from 'undici'
import type { SeededFields } from './seed-contacts.ts'

/** A number and a choice for contacts, as their organisation makes them. */
export async function makeFields(url: string, token: string): Promise<SeededFields> {
  const make = async (field: Pick<CreateField, 'label' | 'kind'> & { options?: { label: string }[] }): Promise<Field> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const { body } = await request(`${url}/api/v1${api.crm.createField.path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ record: 'contact', ...field }),
    })
    return Field.parse(await body.json())
  }
  const number = await make({ label: 'Score', kind: 'number' })
  const select = await make({ label: 'Segment', kind: 'select', options: ['A', 'B', 'C', 'D', 'E'].map((label) => ({ label })) })
  return { numberId: number.id, selectId: select.id, optionIds: select.options.map(({ id }) => id) }
}
