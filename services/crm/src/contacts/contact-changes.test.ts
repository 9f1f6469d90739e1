import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changesBetween, newValues } from './contact-changes.ts'

const text = fc.option(fc.string({ minLength: 1, maxLength: 5 }), { nil: null })
const fields = { name: fc.string({ minLength: 1 }), email: text, phone: text, company: text, companyId: text, position: text, note: text, ownerId: text }
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
