import { UpdateCompany, UpdateContact, UpdateDeal } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { recordEdit, type CellValue } from './record-edit.ts'

const FIELD = '0190c8f2-0000-7000-8000-000000000001'
const FIRM = '0190c8f2-0000-7000-8000-000000000002'

/** What a change of the cell sends, what would take it back, and what the row shows meanwhile. */
async function made<Body>(
  list: 'contacts' | 'companies' | 'deals',
  schema: Parameters<typeof recordEdit<{ id: string }, Body>>[0]['schema'],
  row: object & { id: string },
  key: string,
  value: CellValue,
) {
  const bodies: unknown[] = []
  const update = async (_id: string, body: Body) => {
    bodies.push(body)
    return row
  }
  const change = recordEdit<{ id: string }, Body>({ list, schema, read: async () => row, update }).changeOf(row, key, value)
  await change?.send(1, 'key')
  await change?.undo(2, 'key')
  return change && { sent: bodies[0], undo: bodies[1], patch: change.patch }
}
const contact = {
  id: 'c',
  name: 'Ada',
  email: 'a@x.example',
  emails: [
    { address: 'a@x.example', label: null },
    { address: 'b@x.example', label: 'home' },
  ],
  phone: '1',
  phones: [{ number: '1', label: 'work', e164: null, extension: null, international: null }],
  company: 'Acme',
  companyId: FIRM,
  custom: { [FIELD]: 5 },
}
const ofContact = (key: string, value: CellValue) => made('contacts', UpdateContact, contact, key, value)
const deal = { id: 'd', stage: 'lost', lostReason: 'Dear', amountMinor: 5, currency: 'EUR' }
const tagged = { ...deal, tagIds: [FIRM] }
const firm = { id: 'f', phone: '1' }
const ofDeal = (key: string, value: CellValue) => made('deals', UpdateDeal, deal, key, value)

it('takes back all addresses in their order, not the primary one alone', async () => {
  expect(await ofContact('email', null)).toEqual({
    sent: { email: null },
    undo: { emails: contact.emails },
    patch: { email: 'b@x.example', emails: [{ address: 'b@x.example', label: 'home' }] },
  })
  expect((await ofContact('phone', '2'))?.undo).toEqual({ phones: [{ number: '1', label: 'work' }] })
})

it('changes the phone of a company, which has one only', async () => {
  expect(await made('companies', UpdateCompany, firm, 'phone', '2')).toEqual({
    sent: { phone: '2' },
    undo: { phone: '1' },
    patch: { phone: '2' },
  })
})

it('takes back no other addresses with a second change that is made while the first is on its way', async () => {
  const again = async (key: string, value: string) => {
    const first = await ofContact(key, `first${value}`)
    return (await made('contacts', UpdateContact, { ...contact, ...first?.patch }, key, value))?.undo
  }
  expect(await again('phone', '2')).toEqual({ phones: [{ number: 'first2', label: 'work' }] })
  expect(await again('email', 'c@x.example')).toEqual({ emails: [{ address: 'firstc@x.example', label: null }, contact.emails[1]] })
})

it('tells by every field whether two rows say the same in it', async () => {
  const { stateOf } = recordEdit<object & { id: string }, UpdateDeal>({ list: 'deals', schema: UpdateDeal, read: async () => deal, update: async () => deal })
  const other = { id: 'd', title: 'B', stage: 'won', lostReason: null, tagIds: [FIRM], custom: { [FIELD]: { currency: 'EUR', amountMinor: 1 } } }
  const row = { id: 'd', title: 'A', stage: 'lost', lostReason: 'Dear', tagIds: [], custom: { [FIELD]: { amountMinor: 1, currency: 'EUR' } } }
  for (const key of ['title', 'stage', 'tagIds'])
    expect([key, stateOf(row, key) === stateOf({ ...row }, key), stateOf(row, key) === stateOf(other, key)]).toEqual([key, true, false])
  expect(stateOf(row, `custom.${FIELD}`)).toBe(stateOf(other, `custom.${FIELD}`))
})

it('empties the tags of a record', async () => {
  expect(await made('deals', UpdateDeal, tagged, 'tagIds', null)).toEqual({
    sent: { tagIds: [] },
    undo: { tagIds: [FIRM] },
    patch: { tagIds: [] },
  })
})

it('changes a custom field, and empties it', async () => {
  expect(await ofContact(`custom.${FIELD}`, 7)).toEqual({
    sent: { custom: { [FIELD]: 7 } },
    undo: { custom: { [FIELD]: 5 } },
    patch: { custom: { [FIELD]: 7 } },
  })
  expect((await ofContact(`custom.${FIELD}`, null))?.patch).toEqual({ custom: {} })
})

it('links a company, writes one as a text, and lets go of it', async () => {
  expect((await ofContact('company', { companyId: FIRM, company: 'New' }))?.sent).toEqual({ companyId: FIRM })
  expect((await ofContact('company', { companyId: null, company: 'Text' }))?.sent).toEqual({ company: 'Text' })
  expect(await ofContact('company', { companyId: null, company: null })).toMatchObject({ sent: { company: null, companyId: null }, undo: { companyId: FIRM } })
})

it('keeps amount and currency together, and why a deal was lost with its stage', async () => {
  expect(await ofDeal('amountMinor', null)).toMatchObject({ sent: { amountMinor: null, currency: null }, undo: { amountMinor: 5, currency: 'EUR' } })
  expect((await ofDeal('stage', 'won'))?.undo).toEqual({ stage: 'lost', lostReason: 'Dear' })
})

it('begins nothing that the contract would refuse', async () => {
  expect(await ofContact('name', null)).toBeNull()
  expect(await ofContact('email', 'nonsense')).toBeNull()
  expect(await ofContact('createdAt', 'x')).toBeNull()
})
