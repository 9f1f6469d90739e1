import { expect, it } from 'vitest'
import { addressesIn, settleAddresses, type Addresses } from './addresses.ts'

const email = (address: string, label: string | null = null) => ({ address, label })
const none: Addresses = { email: null, emails: [], phone: null, phones: [], telegrams: [] }
const ada: Addresses = { ...none, email: 'ada@a.example', emails: [email('Ada@A.example', 'work'), email('ada@b.example', 'home')] }
const emailsOf = ({ emails = [] }: Partial<Addresses>) => emails.map(({ address }) => address)

it('puts an address that is given alone in the place of the primary one, with its label', () => {
  expect(settleAddresses({ email: 'new@a.example' }, ada, null)).toEqual({ email: 'new@a.example', emails: [email('new@a.example', 'work'), email('ada@b.example', 'home')] })
})

it('makes another of their addresses the primary one where that is given alone, and keeps none twice', () => {
  expect(emailsOf(settleAddresses({ email: 'ada@b.example' }, ada, null))).toEqual(['ada@b.example'])
})

it('leaves how the primary address was written where the same is given', () => {
  expect(settleAddresses({ email: 'ada@a.example' }, ada, null)).toEqual({ email: ada.email, emails: ada.emails })
})

it('lets the next one be primary where the primary one is taken out, and none where it was the last', () => {
  expect(settleAddresses({ email: null }, ada, null)).toMatchObject({ email: 'ada@b.example' })
  expect(settleAddresses({ email: null, phone: null }, none, null)).toEqual({ email: null, emails: [], phone: null, phones: [] })
})

it('counts an address once, however it is written', () => {
  expect(emailsOf(settleAddresses({ emails: [email('Ada@a.example'), email('ada@A.EXAMPLE')] }, none, null))).toEqual(['Ada@a.example'])
  const phones = settleAddresses({ phones: [{ number: '+7 900 123-45-67', label: null }, { number: '8 900 123 45 67', label: null }] }, none, 'RU').phones
  expect(phones).toEqual([{ number: '+7 900 123-45-67', label: null, e164: '+79001234567', extension: null, international: '+7 900 123 45 67' }])
})

it('does not read a number anew that stays as it was written', () => {
  const { phones = [] } = settleAddresses({ phones: [{ number: '8 900 123 45 67', label: null }] }, none, 'RU')
  const [first] = settleAddresses({ phones: [{ number: '8 900 123 45 67', label: 'work' }] }, { ...none, phones }, 'DE').phones ?? []
  expect(first).toMatchObject({ e164: '+79001234567', label: 'work' })
})

it('refuses a primary address that is not the first of the list that comes with it', () => {
  expect(() => settleAddresses({ email: 'x@a.example', emails: [email('ada@a.example')] }, none, null)).toThrow('is the first of')
})

it('believes `email` and `phone` of a row from before the lists, or written by a release without them', () => {
  expect(addressesIn({ ...none, email: 'old@a.example', phone: '+44 20 7946 0958' })).toMatchObject({
    emails: [email('old@a.example')],
    phones: [{ number: '+44 20 7946 0958', e164: '+442079460958' }],
  })
  expect(emailsOf(addressesIn({ ...ada, email: 'new@a.example' }))).toEqual(['new@a.example', 'ada@b.example'])
  expect(emailsOf(addressesIn({ ...ada, email: null }))).toEqual(['ada@b.example'])
})
