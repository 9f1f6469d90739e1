import { API_PREFIX, PUBLIC_EVENT_TYPES, SignedIn } from '@ai-crm/contracts'
import { signUp, systemMailsTo, type Agent } from '@ai-crm/testing'
import { sendCustomerMails } from '@ai-crm/testing/fakes/customer-mail'
import { z } from 'zod'
import { canaryMark, type CanaryMark } from './canary-mark.ts'
import type { CanaryProduct } from './canary-product.ts'
import { plantDeadLetters, plantFactors } from './plant-canaries.ts'

export interface CanaryOrganization {
  readonly mark: CanaryMark
  readonly organizationId: string
  readonly owner: Agent
  /** Owner first. */
  readonly userIds: readonly string[]
  readonly emails: readonly string[]
  /** Of the browser in which the owner has signed in. */
  readonly cookies: readonly (readonly [string, string])[]
  /** Idempotency-Keys that the owner has used, with the route. */
  readonly usedKeys: readonly { method: string; path: string; key: string }[]
}

const PASSWORD = 'correct horse battery'
const WithId = z.looseObject({ id: z.uuid(), version: z.number().optional() })
const Items = z.looseObject({ items: z.array(WithId) })

/**
 * Founds an organisation and lives in it as its people would, through the public API and by SMTP: every text that can
 * be written there holds a canary.
 */
export async function seedOrganization(product: CanaryProduct, letter: string): Promise<CanaryOrganization> {
  const mark = canaryMark(letter)
  const emails = ['owner', 'colleague'].map((name) => `${name}.${mark.secret}@people.example`)
  const [ownerEmail = '', colleagueEmail = ''] = emails
  // The owner's own name is no canary: a person of two organisations sees it in both.
  const signedIn = await signUp(product.service, { organizationName: mark.text(), name: `Olga ${mark.secret}`, email: ownerEmail, password: PASSWORD })
  const { organization, user } = signedIn.me
  const owner = await product.service.signIn({ organizationId: organization.id, userId: user.id })
  const usedKeys: { method: string; path: string; key: string }[] = []
  const speaker = createSpeaker(owner, mark, usedKeys)
  const colleague = await joinColleague(product, speaker, mark, colleagueEmail)
  await setUp(product, speaker, mark)
  await correspond(product, speaker, mark)
  await work(speaker, mark, colleague)
  await product.service.settle()
  const cookies = await cookiesOf(product, ownerEmail)
  await plantDeadLetters(product.service.database, { organizationId: organization.id, mark })
  await plantFactors(product.service.database, { owner, mark })
  return { mark, organizationId: organization.id, owner, userIds: [user.id, colleague], emails, cookies, usedKeys }
}

/** Signs in as in a browser. */
async function cookiesOf(product: CanaryProduct, email: string): Promise<[string, string][]> {
  const answer = await product.service.app.inject({ method: 'POST', url: `${API_PREFIX}/auth/sign-in`, payload: { email, password: PASSWORD } })
  return answer.cookies.map(({ name, value }) => [name, value])
}

/** Asks as the owner; whatever is refused ends the seeding, for a seed that did not happen proves nothing. */
export interface Speaker {
  get(path: string): Promise<z.infer<typeof Items>>
  send(method: 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown, version?: number): Promise<z.infer<typeof WithId>>
}

function createSpeaker(owner: Agent, mark: CanaryMark, usedKeys: { method: string; path: string; key: string }[]): Speaker {
  return {
    async get(path) {
      return Items.parse((await owner.get(path)).body)
    },
    async send(method, path, body, version) {
      const key = `${mark.secret}-${usedKeys.length + 1}`
      usedKeys.push({ method, path, key })
      const headers = { 'idempotency-key': key, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) }
      const ask = { POST: owner.post, PUT: owner.put, PATCH: (to: string, with_: unknown, more: typeof headers) => owner.patch(to, with_, { headers: more }) }[
        method
      ]
      const answer = await ask(path, body, headers)
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return WithId.catch({ id: crypto.randomUUID() }).parse(answer.body)
    },
  }
}

/** A second person comes in by the mailed link. */
async function joinColleague(product: CanaryProduct, { send }: Speaker, mark: CanaryMark, email: string): Promise<string> {
  await send('POST', '/invitations', { email, role: 'admin', locale: 'en' })
  const token = (await systemMailsTo(product.service, email)).at(-1)?.token
  const accepted = await product.service.app.inject({
    method: 'POST',
    url: `${API_PREFIX}/auth/invitations/accept`,
    payload: { token, newPerson: { name: mark.text(), password: PASSWORD, locale: 'en' } },
  })
  const { signedIn } = z.object({ signedIn: SignedIn }).parse(accepted.json())
  return signedIn.me.user.id
}

/** What an administrator sets up. */
async function setUp(product: CanaryProduct, { get, send }: Speaker, mark: CanaryMark): Promise<void> {
  const domain = `cnry-${mark.letter}.${mark.secret}.example`.toLowerCase()
  await send('POST', '/invitations', { email: `cnry_${mark.letter}_guest.${mark.secret}@${domain}`.toLowerCase(), role: 'member', locale: 'en' })
  await send('POST', '/invitations/links', { role: 'viewer', locale: 'en', maxUses: 5, domain: null })
  await send('POST', '/roles', { name: mark.text(), base: 'member', permissions: ['crm.contact.read', 'ai.draft.read'], fields: {} })
  await send('POST', '/api-keys', { name: mark.text(), permissions: ['crm.contact.read'], allowedNetworks: [] })
  await send('POST', '/webhooks', { url: `${product.receiver.url}${mark.secret}`, description: mark.text(), eventTypes: PUBLIC_EVENT_TYPES })
  const [channel] = (await get('/channels')).items
  await send('PATCH', `/channels/${channel?.id}`, { name: mark.text(), signature: mark.text() }, channel?.version)
  await send('PATCH', '/ai/settings', { instructions: mark.text() }, 1)
  for (let note = 0; note < 2; note++) await send('POST', '/ai/notes', { title: mark.text(), body: mark.text() })
  for (let contact = 0; contact < 6; contact++)
    await send('POST', '/contacts', {
      name: mark.text(),
      email: `contact${contact}.${mark.secret}@${contact < 4 ? 'customers.example' : domain}`,
      phone: mark.text(),
      company: mark.text(),
      position: mark.text(),
      note: mark.text(),
    })
}

/** Customers write: text, HTML with a remote image, an attachment. */
async function correspond(product: CanaryProduct, { get }: Speaker, mark: CanaryMark): Promise<void> {
  const [channel] = z.object({ items: z.array(z.object({ address: z.string() })) }).parse(await get('/channels')).items
  const mails = Array.from({ length: 3 }, (_nothing, customer) => {
    const from = `customer${customer}.${mark.secret}@cnry-${mark.letter}.example`.toLowerCase()
    return {
      from: { name: mark.text(), address: from },
      replyTo: `reply.${from}`,
      to: [channel?.address ?? '', { name: mark.text(), address: `other.${from}` }],
      cc: { name: mark.text(), address: `copy.${from}` },
      subject: mark.text(),
      inReplyTo: `<${mark.secret}.before@cnry_${mark.letter}_mail.example>`,
      text: `${mark.text()}\n\nOn Monday somebody wrote:\n> ${mark.text()}`,
      html: `<p>${mark.text()}</p><img src="https://pictures.example/${mark.secret}.png">`,
      attachments: [{ filename: `${mark.text()}.txt`, content: mark.text(), cid: `${mark.secret}@cnry_${mark.letter}_mail.example` }],
    }
  })
  await sendCustomerMails(
    product.smtpPort,
    mails.map((mail) => ({ ...mail, envelope: { from: mail.from.address, to: [channel?.address ?? ''] } })),
  )
  await product.service.settle()
}

/** People read, assign, answer; drafts are approved, rejected and left waiting. */
async function work({ get, send }: Speaker, mark: CanaryMark, colleague: string): Promise<void> {
  const [first, second, third] = (await get('/conversations?folder=all')).items
  await send('PATCH', `/conversations/${first?.id}`, { assigneeId: colleague }, first?.version)
  await send('PUT', `/conversations/${first?.id}/read`, { isRead: true })
  await send('POST', `/conversations/${first?.id}/messages`, { text: mark.text(), subject: mark.text(), force: true })
  const drafts = z.object({ items: z.array(z.looseObject({ id: z.uuid(), version: z.number(), conversationId: z.uuid(), status: z.string() })) })
  const waiting = drafts.parse(await get('/drafts')).items.filter(({ status }) => status === 'waiting')
  const [toReject, toApprove] = [third, second].map((conversation) => waiting.find(({ conversationId }) => conversationId === conversation?.id))
  if (toReject) await send('POST', `/drafts/${toReject.id}/reject`, { reason: mark.text() }, toReject.version)
  if (toApprove) await send('POST', `/drafts/${toApprove.id}/approve`, { subject: mark.text(), body: mark.text() }, toApprove.version)
}
