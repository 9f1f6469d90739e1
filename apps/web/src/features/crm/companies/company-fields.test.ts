import type { Company } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { changeOf, textOf } from './company-fields.ts'

const company: Company = {
  id: 'f',
  name: 'Acme',
  domains: ['acme.example', 'acme.org'],
  website: 'https://acme.example',
  phone: null,
  address: null,
  industry: null,
  size: null,
  note: null,
  tagIds: [],
  parentId: null,
  ownerId: null,
  custom: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
}

it('sends only what changed, and null for what was emptied', () => {
  expect(changeOf(company, 'phone', ' +7 900 ')).toEqual({ phone: '+7 900' })
  expect(changeOf(company, 'website', ' ')).toEqual({ website: null })
  expect(changeOf(company, 'name', 'Acme ')).toBeNull()
  expect(changeOf(company, 'name', ' ')).toBeNull()
})

it('takes domains however they are separated', () => {
  expect(textOf(company, 'domains')).toBe('acme.example, acme.org')
  expect(changeOf(company, 'domains', 'acme.example acme.org;')).toBeNull()
  expect(changeOf(company, 'domains', 'acme.example\nnew.example')).toEqual({ domains: ['acme.example', 'new.example'] })
  expect(changeOf(company, 'domains', '')).toEqual({ domains: [] })
})

it('makes a web address of a host, and leaves other schemes for the server to refuse', () => {
  expect(changeOf(company, 'website', 'acme.example')).toBeNull()
  expect(changeOf(company, 'website', 'acme.org/about')).toEqual({ website: 'https://acme.org/about' })
  expect(changeOf(company, 'website', 'javascript:alert(1)')).toEqual({ website: 'javascript:alert(1)' })
})
