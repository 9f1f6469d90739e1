import { COMPANY_SIZES } from '@ai-crm/contracts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changesBetween, newValues } from './company-changes.ts'

const text = fc.option(fc.string({ minLength: 1, maxLength: 5 }), { nil: null })
const fields = {
  name: fc.string({ minLength: 1 }),
  domains: fc.array(fc.constantFrom('a.example', 'b.example', 'c.example'), { maxLength: 3 }),
  website: text,
  phone: text,
  address: text,
  industry: text,
  size: fc.option(fc.constantFrom(...COMPANY_SIZES), { nil: null }),
  note: text,
  parentId: text,
  tagIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
  ownerId: text,
}
const editable = fc.record(fields)
const update = fc.record(fields, { requiredKeys: [] })

it('applied to the row, the changes give what the update asked for', () => {
  fc.assert(
    fc.property(editable, update, (current, wanted) => {
      expect({ ...current, ...newValues(changesBetween(current, wanted)) }).toEqual({ ...current, ...wanted })
    }),
  )
})

it('names only fields that really change', () => {
  fc.assert(
    fc.property(editable, update, (current, wanted) => {
      for (const change of Object.values(changesBetween(current, wanted))) expect(change?.from).not.toEqual(change?.to)
      expect(changesBetween(current, current)).toEqual({})
    }),
  )
})
