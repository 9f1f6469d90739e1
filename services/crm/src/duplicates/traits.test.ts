import { expect, it } from 'vitest'
import { judge } from './score.ts'
import { companyWords, traitsOfCompany, traitsOfContact } from './traits.ts'

const NOBODY = { foldedName: '', foldedCompany: null, email: null, emails: [], phone: null, phones: [], telegrams: [] }
const email = (address: string) => ({ email: address, emails: [{ address, label: null }] })
const values = (traits: readonly { kind: string; value: string }[], kind: string) => traits.filter((trait) => trait.kind === kind).map(({ value }) => value)

it('compares names without the order of their words, and one word alone makes no pair', () => {
  expect(values(traitsOfContact({ ...NOBODY, foldedName: 'ivan petrov' }), 'name')).toEqual(
    values(traitsOfContact({ ...NOBODY, foldedName: 'petrov, ivan' }), 'name'),
  )
  expect(values(traitsOfContact({ ...NOBODY, foldedName: 'ivan' }), 'name')).toEqual([])
})

it('takes a mailbox for a person only where it is of one, and a domain only where it is of a company', () => {
  const of = (address: string) => traitsOfContact({ ...NOBODY, foldedName: 'ada', ...email(address) })
  expect(values(of('Ada.Lovelace+crm@gmail.com'), 'mailbox')).toEqual(['adalovelace'])
  expect(values(of('info@acme.example'), 'mailbox')).toEqual([])
  expect(values(of('ada@gmail.com'), 'domain')).toEqual([])
  expect(values(of('ada@mail.acme.example'), 'domain')).toEqual(['acme.example ada'])
})

it.each([
  ['ooo romashka', 'romashka'],
  ['romashka llc', 'romashka'],
  ['romashka gmbh & co. kg', 'romashka'],
  ['ip', 'ip'],
])('reads %s without its legal form', (name, own) => {
  expect(companyWords(name).join(' ')).toBe(own)
})

it('knows a company by its name written together, its domains in any country and its phone', () => {
  const traits = traitsOfCompany({ foldedName: 'acme soft, ltd.', domains: ['acme.example.com', 'acme.co.uk'], phone: '+44 20 7946 0958' })
  expect(values(traits, 'name')).toEqual(['acmesoft'])
  expect(values(traits, 'domain')).toContain('acme')
  expect(values(traits, 'phone')).toEqual(['+442079460958'])
})

it('is surer the more two have in common, and silent where names contradict', () => {
  const score = (kinds: Parameters<typeof judge>[1]['kinds'], likeness: number) => judge('contact', { kinds, likeness })?.score ?? 0
  expect(score(['phone'], 1)).toBeGreaterThan(score(['phone'], 0.1))
  expect(score(['phone', 'company'], 0.8)).toBeGreaterThan(score(['phone'], 0.8))
  expect(score(['company'], 0.2)).toBe(0)
  expect(score(['called'], 1)).toBe(0)
})
