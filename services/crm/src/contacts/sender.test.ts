import { expect, it } from 'vitest'
import { nameOfSender, normalAddress } from './sender.ts'

it.each([
  [{ address: 'ivan@example.org', name: 'Иван Петров' }, 'Иван Петров'],
  [{ address: 'ivan@example.org', name: '  "Petrov,\n Ivan" ' }, 'Petrov, Ivan'],
  [{ address: 'ivan.petrov@example.org', name: null }, 'Ivan Petrov'],
  [{ address: 'ivan_p+crm@example.org', name: 'ivan_p+crm@example.org' }, 'Ivan P Crm'],
  [{ address: 'info@example.org', name: '' }, 'Info'],
  [{ address: '.@example.org', name: null }, '.@example.org'],
])('calls %o %j', (sender, name) => {
  expect(nameOfSender(sender)).toBe(name)
})

it('keeps a name of any length within what a contact can hold', () => {
  expect(nameOfSender({ address: 'a@b.c', name: '😀'.repeat(300) }).length).toBeLessThanOrEqual(200)
})

it('keeps addresses as contacts do, and knows what nobody could answer', () => {
  expect(normalAddress(' Ivan@Example.ORG ')).toBe('ivan@example.org')
  expect(normalAddress('')).toBeNull()
  expect(normalAddress('<>')).toBeNull()
  expect(normalAddress(`${'x'.repeat(250)}@example.org`)).toBeNull()
})
