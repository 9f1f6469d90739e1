import { expect, it } from 'vitest'
import { allEndpoints } from '../catalog.ts'
import { defineEndpoints } from './endpoint.ts'
import { PERMISSIONS } from './permissions.ts'

const route = { method: 'GET', path: '/things', summary: 'Things', idempotency: 'safe', status: 200 } as const

it('lets no route be declared without saying who may call it: the build fails', () => {
  // @ts-expect-error: `access` is missing
  expect(defineEndpoints('crm', { listThings: route })).toBeDefined()
  // @ts-expect-error: not a permission
  expect(defineEndpoints('crm', { listThings: { ...route, access: 'crm.thing.wave' } })).toBeDefined()
})

it('knows the access of every route', () => {
  const named: readonly string[] = ['public', 'signed-in', 'internal', ...Object.keys(PERMISSIONS)]
  expect(allEndpoints.filter(({ access }) => !named.includes(access))).toEqual([])
})
