import { expect, it } from 'vitest'
import { EVERY_FIELD_PERMISSIONS, EVERY_RECORD_PERMISSIONS, RECORD_SCOPES, RECORD_TYPES, rightsOf, type RecordScopes } from './authorization.ts'

const EVERYTHING = [
  'auth.organization.export',
  'crm.person.export',
  'crm.person.erase',
  'webhook.subscription.read',
  'webhook.subscription.manage',
  'platform.dead-letter.read',
  'platform.dead-letter.redrive',
]
const granted = (scopes: RecordScopes) => [
  ...rightsOf('viewer', { roleId: crypto.randomUUID(), permissions: [...EVERYTHING, 'crm.contact.read', 'of.another-release'], scopes, fields: {} })
    .permissions,
]

const narrow = RECORD_TYPES.flatMap((record) =>
  RECORD_SCOPES.filter((read) => read !== 'all').flatMap((read) => RECORD_SCOPES.map((write) => ({ record, read, write }))),
)

it.each(narrow)('keeps what tells of all records from who reads $read of the $record records (and writes $write)', ({ record, read, write }) => {
  expect(granted({ [record]: { read, write } })).toEqual(['crm.contact.read'])
})

it('leaves it to who reads everything, however little they may change', () => {
  const scopes = Object.fromEntries(RECORD_TYPES.map((record) => [record, { read: 'all', write: 'own' }]))
  for (const wide of [{}, scopes]) expect(granted(wide)).toEqual([...EVERYTHING, 'crm.contact.read'])
})

it('keeps what shows records whole from whom a field is hidden, and leaves it to who may not change one', () => {
  const ofFields = (rule: 'hidden' | 'read-only') => [
    ...rightsOf('viewer', { roleId: crypto.randomUUID(), permissions: EVERYTHING, scopes: {}, fields: { contact: { email: rule }, deal: {} } }).permissions,
  ]
  expect(ofFields('hidden')).toEqual(['crm.person.erase', 'platform.dead-letter.redrive'])
  expect(ofFields('read-only')).toEqual(EVERYTHING)
})

it('names every such permission, so that one more is a decision', () => {
  expect([...EVERY_FIELD_PERMISSIONS].toSorted()).toEqual(
    EVERYTHING.filter((permission) => !['crm.person.erase', 'platform.dead-letter.redrive'].includes(permission)).toSorted(),
  )
  expect([...EVERY_RECORD_PERMISSIONS].toSorted()).toEqual(EVERYTHING.toSorted())
})

it('gives a built-in role what the code says, with no rule of its own', () => {
  const { permissions, scopes, fields } = rightsOf('owner', null)
  for (const permission of EVERYTHING) expect([...permissions]).toContain(permission)
  expect([scopes, fields]).toEqual([{}, {}])
})
