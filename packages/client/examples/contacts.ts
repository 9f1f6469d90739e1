/**
 * Creates a contact, walks the list, and handles a refusal.
 * CRM_URL and either CRM_API_KEY, or CRM_EMAIL and CRM_PASSWORD: node contacts.ts
 */
import { createCrmClient, CrmProblem, items, unwrap } from '@ai-crm/client'

const { CRM_URL = 'http://localhost:3000', CRM_API_KEY, CRM_EMAIL = '', CRM_PASSWORD = '' } = process.env

async function signIn(): Promise<string> {
  const stranger = createCrmClient({ url: CRM_URL })
  const session = await unwrap(stranger.POST('/auth/sign-in', { body: { email: CRM_EMAIL, password: CRM_PASSWORD } }))
  if (session.status !== 'signed-in') throw new Error('This account has a second factor. Give a program an API key instead.')
  return session.accessToken
}

const crm = createCrmClient({ url: CRM_URL, token: CRM_API_KEY ?? (await signIn()) })

const name = `Ada ${Date.now()}`
const created = await unwrap(crm.POST('/contacts', { body: { name, email: `ada-${Date.now()}@example.org` } }))
console.log(`created ${created.name}`)

let count = 0
let isListed = false
for await (const contact of items((cursor) => unwrap(crm.GET('/contacts', { params: { query: { limit: 2, ...(cursor ? { cursor } : {}) } } })))) {
  count += 1
  isListed ||= contact.id === created.id
}
console.log(`walked ${count} contacts, ${isListed ? 'ours among them' : 'ours is missing'}`)

try {
  await unwrap(crm.POST('/contacts', { body: { name: '' } }))
} catch (problem) {
  if (!(problem instanceof CrmProblem)) throw problem
  console.log(`refused with ${problem.code}: ${problem.fields.map(({ field }) => field).join(', ')}`)
}

const path = { contactId: created.id }
const changed = await unwrap(
  crm.PATCH('/contacts/{contactId}', { params: { path, header: { 'If-Match': `"${created.version}"` } }, body: { position: 'Analyst' } }),
)
console.log(`changed to version ${changed.version}`)
await unwrap(crm.DELETE('/contacts/{contactId}', { params: { path } }))
console.log('deleted')
