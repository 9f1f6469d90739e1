import { PUBLIC_EVENT_TYPES } from '@ai-crm/contracts'
import type { Agent, TestService } from '@ai-crm/testing'
import { sendCustomerMails } from '@ai-crm/testing/fakes/customer-mail'

export interface LivedPerson {
  readonly contactId: string
  readonly name: string
  readonly email: string
  readonly conversationId: string
}

/** `+49 1522` and what the mark says in digits. */
export const OWN_NUMBER = (mark: string): string => `+49 1522 ${[...mark].map((letter) => letter.charCodeAt(0) % 10).join('')}`

interface World {
  readonly product: TestService
  readonly smtpPort: number
  readonly owner: Agent
}

async function made(owner: Agent, path: string, body: object, headers?: Record<string, string>): Promise<{ id: string }> {
  const answer = await owner.post(path, body, headers)
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Everything that tells of webhooks is told, to an address that nobody answers. */
export const listenToEverything = (owner: Agent) => made(owner, '/webhooks', { url: 'http://127.0.0.1:9/', description: 'all', eventTypes: PUBLIC_EVENT_TYPES })

/** Somebody of whom the product knows what it can know of a person: in each text stands the mark. */
export async function liveAs({ product, smtpPort, owner }: World, mark: string): Promise<LivedPerson> {
  const name = `Anna ${mark}`
  const email = `anna.${mark}@customers.example`
  const channel = (await owner.get('/channels')).body.items[0]
  const mail = {
    envelope: { from: email, to: [channel.address] },
    from: { name, address: email },
    to: channel.address,
    subject: `Question of ${mark}`,
    text: `This is ${mark}.`,
    html: `<p>This is ${mark}.</p>`,
    attachments: [{ filename: `${mark}.txt`, content: `${mark} attached` }],
  }
  await sendCustomerMails(smtpPort, [mail, { ...mail, text: `${mark} asks again` }])
  await product.settle()
  const contact = (await owner.get(`/contacts?search=${mark}`)).body.items[0]
  const contactId: string = contact.id
  // That of the office, which others have too, and their own.
  const phones = [
    { number: '+49 30 701 2345', label: mark },
    { number: OWN_NUMBER(mark), label: mark },
  ]
  const more = {
    phones,
    telegrams: [{ username: `tg_${mark}` }],
    position: mark,
    note: `note of ${mark}`,
    consent: 'given',
    consentSource: mark,
    company: mark,
  }
  const changed = await owner.patch(`/contacts/${contactId}`, more, { version: contact.version })
  if (changed.status !== 200) throw new Error(JSON.stringify(changed.body))
  const other = await made(owner, '/contacts', { name: `Twin ${mark}`, email: `twin.${mark}@customers.example`, note: mark })
  await made(owner, '/tasks', { title: `Call ${mark}`, note: mark, contactId })
  await made(owner, '/record-notes', { body: `About ${mark}`, contactId })
  const content = Buffer.from(`${mark} in a file`)
  const file = await made(owner, '/record-files', { name: `${mark}.txt`, contentType: 'text/plain', sizeBytes: content.length, contactId })
  await owner.put(`/record-files/${file.id}/chunks`, { position: 0, bytes: content.toString('base64') })
  await made(owner, '/deals', { title: 'A deal', contacts: [{ contactId, role: 'buyer' }] })
  await product.settle()
  const version = (await owner.get(`/contacts/${contactId}`)).body.version
  await made(owner, `/contacts/${contactId}/merge`, { otherId: other.id, otherVersion: 1, take: [] }, { 'if-match': `"${version}"` })
  const conversation = (await owner.get('/conversations?folder=all')).body.items.find((one: { subject: string }) => one.subject.includes(mark))
  await made(owner, `/conversations/${conversation.id}/messages`, { text: `Dear ${mark}`, subject: `Re: ${mark}`, force: true })
  await product.settle()
  return { contactId, name, email, conversationId: conversation.id }
}

/** Every table of every service in which the text stands in any column of a row, or its bytes do, with how many rows. */
export async function findEverywhere(rows: (sql: string) => Promise<readonly Record<string, unknown>[]>, text: string): Promise<Record<string, number>> {
  const tables = await rows(`select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and nspname in ('auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket') order by 1`)
  const hex = Buffer.from(text).toString('hex')
  const looks = tables.map(
    ({ name }) => `select '${String(name)}' as name, count(*)::int as count from ${String(name)} t where t::text ilike '%${text}%' or t::text ilike '%${hex}%'`,
  )
  const found = await rows(`select name, count from (${looks.join(' union all ')}) as looked where count > 0`)
  return Object.fromEntries(found.map(({ name, count }) => [String(name), Number(count)]))
}
