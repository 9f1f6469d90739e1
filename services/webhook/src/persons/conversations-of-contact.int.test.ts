import { contactDeleted, conversationLinked } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { startWebhookFixture } from '../testing/webhook-fixture.ts'
import { conversationsOfContact } from './conversations-of-contact.ts'

const { webhook, subscribe, ctx } = await startWebhookFixture()

it('finds the conversations that were told as theirs, and reads no payload of events that name none', async () => {
  const { agent, happen } = await subscribe('http://127.0.0.1:9/', [conversationLinked.type, contactDeleted.type])
  const [contactId, conversationId] = [uuidV7(), uuidV7()]
  await happen(conversationLinked({ contactId, conversationId }))
  await happen(conversationLinked({ contactId: uuidV7(), conversationId: uuidV7() }))
  const { id } = await happen(contactDeleted({ contactId }))
  await webhook.database.asAdmin(`update webhook.delivery set payload = '${contactId} is no JSON' where event_id = '${id}'`)
  expect(await conversationsOfContact(ctx(agent.organizationId), contactId)).toMatchObject({ contactIds: [contactId], conversationIds: [conversationId] })
})
