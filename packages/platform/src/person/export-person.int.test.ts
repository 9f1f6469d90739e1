import { crmPersonDelayed, crmPersonErased, crmPersonExported } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { createEventDatabase, kit } from '../events/event-fixture.ts'
import type { ExportedFile } from '../exporting/exporting.ts'
import { PERSON } from './person-data.ts'

let sizeBytes = 0
async function* files(): AsyncGenerator<ExportedFile> {
  yield {
    name: 'letter.txt',
    sizeBytes,
    blocks: (async function* () {
      yield Buffer.from('four')
    })(),
  }
}

const database = await createEventDatabase()
const person = {
  tables: { effect: { where: `t.walk_id = ${PERSON.contacts}` } },
  aggregates: [],
  files,
  erased: crmPersonErased,
  delayed: crmPersonDelayed,
  exported: crmPersonExported,
}
const crm = await startService({ ...kit.define({ person, exporting: { tables: {} } }), migrations: new URL('file:///the-template-has-them') }, { database })

it('fails alone where a file has another size than its row says, and answers whoever asks next', async () => {
  const [contactId, agent] = [uuidV7(), await crm.signIn()]
  await database.asAdmin(
    `insert into crm.effect (organization_id, walk_id, step, event_id) values ('${agent.organizationId}', '${contactId}', 1, '${contactId}')`,
  )
  const take = () => agent.post(`/person-data/crm/${contactId}/export`)
  sizeBytes = 5
  expect((await take()).status).toBe(500)
  sizeBytes = 4
  expect((await take()).status).toBe(200)
})
