import type { ContactPhone } from '@ai-crm/contracts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changesBetween, newValues } from './contact-changes.ts'

const text = fc.option(fc.string({ minLength: 1, maxLength: 5 }), { nil: null })
const emails = fc.array(fc.record({ address: fc.constantFrom('a@b.example', 'c@d.example'), label: text }), { maxLength: 2 })
const lists = {
  emails,
  phones: fc.constant<ContactPhone[]>([]),
  telegrams: fc.array(fc.record({ id: fc.constantFrom('1', '2'), username: text, label: text }), { maxLength: 2 }),
}
const person = {
  preferredChannel: fc.constantFrom('email' as const, null),
  timeZone: text,
  language: text,
  consent: fc.constantFrom('given' as const, 'withdrawn' as const, null),
  consentOn: text,
  consentSource: text,
  consentNote: text,
}
const fields = {
  ...lists,
  ...person,
  name: fc.string({ minLength: 1 }),
  email: text,
  phone: text,
  company: text,
  companyId: text,
  position: text,
  note: text,
  tagIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
  ownerId: text,
}
const editable = fc.record(fields)
const update = fc.record(fields, { requiredKeys: [] })

const isList = (field: string): boolean => Object.hasOwn(lists, field)

it('applied to the row, the changes give what the update asked for', () => {
  fc.assert(
    fc.property(editable, update, (current, wanted) => {
      const written = Object.entries(newValues(changesBetween(current, wanted))).map(([field, to]) => [field, isList(field) ? JSON.parse(String(to)) : to])
      expect({ ...current, ...Object.fromEntries(written) }).toEqual({ ...current, ...wanted })
    }),
  )
})

it('names only fields that really change', () => {
  fc.assert(
    fc.property(editable, update, (current, wanted) => {
      for (const change of Object.values(changesBetween(current, wanted))) expect(change?.from).not.toEqual(change?.to)
    }),
  )
})

it('finds nothing to change in what is there already', () => {
  fc.assert(
    fc.property(editable, (current) => {
      expect(changesBetween(current, current)).toEqual({})
    }),
  )
})
