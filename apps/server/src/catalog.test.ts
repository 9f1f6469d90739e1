import { allEndpoints, SERVICE_NAMES } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { loadServices } from './catalog.ts'

it('lets people see and redrive what the consumers of any service gave up on', { timeout: 60_000 }, async () => {
  const consuming = (await loadServices(SERVICE_NAMES)).filter(({ consumers }) => consumers.length > 0).map(({ name }) => name)
  const reachable = allEndpoints.filter(({ path }) => path.endsWith('/dead-letters')).map(({ service }) => service)
  expect(reachable.toSorted()).toEqual(consuming.toSorted())
})
