import { startService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import messaging from '../service.ts'
import { forgetContact, linkContact } from './link-contact.ts'

const service = await startService(messaging)
const organizationId = uuidV7()
// Bound to the service's tables where it runs.
const ctx = () => service.ctx(organizationId) as unknown as Ctx

it('lets contacts that share addresses be linked and forgotten at once, in whatever order they name them', async () => {
  const addresses = Array.from({ length: 12 }, (_, index) => `${'zZ-_.aA'[index % 7]?.toLowerCase()}${(index * 7) % 12}@shared.example`)
  const turned = (by: number) => [...addresses.slice(by), ...addresses.slice(0, by)]
  const work = async (by: number): Promise<void> => {
    const contactId = uuidV7()
    for (let round = 0; round < 4; round += 1) {
      await ctx().write((scope) => linkContact(scope, contactId, turned(by)))
      await ctx().write((scope) => forgetContact(scope, contactId, 'contact'))
    }
  }
  await expect(Promise.all([1, 4, 7, 10].map(work))).resolves.toHaveLength(4)
  expect(await service.database.asAdmin(`select from messaging.contact_other_address where organization_id = '${organizationId}'`)).toEqual([])
})
