import { FIRST_STAGES, type Deal, type UpdateDeal } from '@ai-crm/contracts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changesBetween, requireSound, settleUpdate } from './deal-rules.ts'

const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const text = nullable(fc.constantFrom('a', 'b'))
const amount = nullable(fc.integer({ min: 0, max: 3 }))
const currency = nullable(fc.constantFrom('EUR', 'RUB', 'XXQ'))
const stage = fc.constantFrom(...FIRST_STAGES.map(({ id }) => id))
const kindOf = (id: string) => FIRST_STAGES.find((one) => one.id === id)?.kind ?? 'open'
const contacts = fc.array(fc.record({ contactId: fc.constantFrom('p', 'q'), role: text }), { maxLength: 3 })
const fields = {
  title: fc.string({ minLength: 1 }),
  amountMinor: amount,
  currency,
  stage,
  lostReason: text,
  expectedCloseOn: text,
  companyId: text,
  contacts,
  tagIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
  ownerId: text,
}
const deal = fc.record(fields).filter((each) => isSound(each))
const update = fc.record(fields, { requiredKeys: [] })

type Fields = Omit<Parameters<typeof requireSound>[0], 'stageKind'> & { readonly stage: string }

function isSound(each: Fields): boolean {
  try {
    requireSound({ ...each, stageKind: kindOf(each.stage) })
    return true
  } catch {
    return false
  }
}

it('lets no update make an unsound deal, and refuses none that would be sound', () => {
  fc.assert(
    fc.property(deal, update, (current, wanted) => {
      const merged = { ...current, ...wanted }
      const leavesLost = merged.stage !== 'lost' && wanted.lostReason === undefined
      const expected = leavesLost ? { ...merged, lostReason: null } : merged
      if (!isSound(expected)) {
        expect(() => settleUpdate(current, wanted, kindOf(merged.stage))).toThrow()
        return
      }
      const settled = settleUpdate(current, wanted, kindOf(merged.stage))
      const { stage: _stage, ...changes } = { ...changesBetween(current, settled), stage: null }
      const after = Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change?.to]))
      expect({ ...current, stage: merged.stage, ...after }).toEqual(expected)
    }),
  )
})

it('names only fields that really change, and never the stage', () => {
  fc.assert(
    fc.property(deal, update, (current, wanted) => {
      const changes = changesBetween(current, wanted)
      for (const change of Object.values(changes)) expect(change?.from).not.toEqual(change?.to)
      expect(changes).not.toHaveProperty('stage')
      expect(changesBetween(current, current)).toEqual({})
    }),
  )
})

const sound: Pick<Deal, keyof UpdateDeal> = {
  title: 'Turbines',
  amountMinor: 100,
  currency: 'EUR',
  stage: 'lost',
  lostReason: 'Too dear',
  expectedCloseOn: null,
  companyId: null,
  contacts: [],
  tagIds: [],
  ownerId: null,
  custom: {},
}

const refused: readonly [UpdateDeal, string, string][] = [
  [{ currency: null }, 'crm.deal.amount_incomplete', '/currency'],
  [{ amountMinor: null }, 'crm.deal.amount_incomplete', '/amountMinor'],
  [{ currency: 'XXQ' }, 'crm.deal.currency_unknown', '/currency'],
  [{ stage: 'won', lostReason: 'Too dear' }, 'crm.deal.reason_without_loss', '/lostReason'],
  [{ contacts: ['p', 'p'].map((contactId) => ({ contactId, role: null })) }, 'crm.deal.contact_twice', '/contacts/1/contactId'],
]
it.each(refused)('refuses %j by %s, naming %s', (wanted, code, field) => {
  expect(() => settleUpdate(sound, wanted, kindOf(wanted.stage ?? sound.stage))).toThrow(
    expect.objectContaining({ code, fields: [expect.objectContaining({ field })] }),
  )
})

it('forgets why a deal was lost once it is not', () => {
  expect(settleUpdate(sound, { stage: 'negotiation' }, 'open')).toEqual({ stage: 'negotiation', lostReason: null })
})
