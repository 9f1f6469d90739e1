import ai from '@ai-crm/ai'
import auth from '@ai-crm/auth'
import type { Permission, RecordScopes } from '@ai-crm/contracts'
import crm from '@ai-crm/crm'
import messaging from '@ai-crm/messaging'
import pipeline from '@ai-crm/pipeline'
import { signUp, startService, type Agent, type TestService } from '@ai-crm/testing'
import { freePort } from '@ai-crm/testing/servers'
import websocket from '@ai-crm/websocket'
import { speakSmtp } from '../testing/speak-smtp.ts'

/** Whose the records are, seen from whoever asks: their own, of somebody in a team of theirs, of somebody else, nobody's. */
export const OWNERS = ['asker', 'mate', 'stranger', 'nobody'] as const
export type Owner = (typeof OWNERS)[number]

/** One customer of each owner with everything that hangs on them, by the names of path parameters; `replyId` is the message that we sent. */
export type Records = Readonly<
  Record<'contactId' | 'companyId' | 'dealId' | 'conversationId' | 'messageId' | 'replyId' | 'attachmentId' | 'draftId' | 'localMailId', string>
>

export interface ScopedProduct {
  readonly service: TestService
  readonly owner: Agent
  readonly people: Readonly<Record<Exclude<Owner, 'nobody'>, string>>
  readonly records: Readonly<Record<Owner, Records>>
  readonly team: { readonly id: string; readonly version: number }
  /** The asker with these scopes. */
  asker(scopes: RecordScopes): Promise<Agent>
}

const PERMISSIONS: readonly Permission[] = [
  'auth.member.read',
  'crm.contact.read',
  'crm.contact.create',
  'crm.contact.update',
  'crm.contact.delete',
  'crm.company.read',
  'crm.company.create',
  'crm.company.update',
  'crm.company.delete',
  'crm.deal.read',
  'crm.deal.create',
  'crm.deal.update',
  'crm.deal.delete',
  'pipeline.pipeline.read',
  'messaging.conversation.read',
  'messaging.conversation.update',
  'messaging.message.send',
  'messaging.channel.read',
  'messaging.channel.manage',
  'ai.draft.read',
  'ai.draft.generate',
  'ai.draft.decide',
]

/** The product with one organisation, three colleagues, a team of two of them, and a customer of each and of nobody. */
export async function startScopedProduct(): Promise<ScopedProduct> {
  const smtpPort = await freePort()
  const environment = { SMTP_PORT: String(smtpPort), SEND_UNDO_SECONDS: '0' }
  const service = await startService(auth, { together: [crm, messaging, ai, pipeline, websocket], environment })
  const founder = await signUp(service, personCalled('owner'))
  const organizationId: string = founder.me.organization.id
  const owner = await service.signIn({ organizationId, userId: founder.me.user.id, role: 'owner' })
  const join = (name: string) => joins(service, organizationId, name)
  const people = { asker: await join('asker'), mate: await join('mate'), stranger: await join('stranger') }
  const { body: team } = await owner.post('/teams', { name: 'North', memberIds: [people.asker, people.mate] })

  await service.settle()
  const address: string = (await owner.get('/channels')).body.items[0].address
  for (const name of OWNERS)
    await speakSmtp(smtpPort, { from: `${name}@customers.example`, to: address, messageId: `<${name}@customers.example>`, message: mailOf(name) })
  await service.settle()
  const records = {
    asker: await assignAll(service, owner, 'asker', people.asker),
    mate: await assignAll(service, owner, 'mate', people.mate),
    stranger: await assignAll(service, owner, 'stranger', people.stranger),
    nobody: await assignAll(service, owner, 'nobody', null),
  }
  await service.settle()
  return {
    service,
    owner,
    people,
    records,
    team,
    asker: (scopes) => service.signIn({ organizationId, userId: people.asker, permissions: PERMISSIONS, scopes }),
  }
}

const personCalled = (name: string) => ({ organizationName: `Of ${name}`, name, email: `${name}@scopes.example`, password: 'correct horse battery' })

async function joins(service: TestService, organizationId: string, name: string): Promise<string> {
  const userId: string = (await signUp(service, personCalled(name))).me.user.id
  await service.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${organizationId}', '${userId}', 'member')`)
  // As they would have heard of it by member.joined.
  for (const keeper of ['crm', 'messaging'])
    await service.database.asAdmin(`insert into ${keeper}.member (organization_id, user_id, is_member) values ('${organizationId}', '${userId}', true)`)
  return userId
}

/** With a file, and a page that wants an image from elsewhere. */
const mailOf = (name: Owner): string =>
  [
    `From: Customer of ${name} <${name}@customers.example>`,
    `Subject: Secret of ${name}`,
    `Message-ID: <${name}@customers.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
    '',
    '--part',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>What does it cost, asks ${name}?</p><img src="https://images.example/${name}.png">`,
    '--part',
    'Content-Type: text/plain; name=order.txt',
    'Content-Disposition: attachment; filename=order.txt',
    '',
    `order of ${name}`,
    '--part--',
  ].join('\r\n')

/** Gives the customer's contact and conversation to somebody, answers once, and tells the ids of what there is. */
async function assignAll(service: TestService, owner: Agent, name: Owner, userId: string | null): Promise<Records> {
  const [conversation] = (await owner.get(`/conversations?folder=all&search=${name}@customers`)).body.items
  const [contact] = (await owner.get(`/contacts?search=${name}@customers.example`)).body.items
  const [message] = (await owner.get(`/conversations/${conversation.id}/messages`)).body.items
  const [draft] = (await owner.get(`/drafts?conversationId=${conversation.id}`)).body.items
  const { body: reply } = await owner.post(`/conversations/${conversation.id}/messages`, { text: 'It depends.', answersMessageId: message.id })
  const { body: company } = await owner.post('/companies', { name: `Company of customer ${name}`, domains: [`${name}.customers.example`], ownerId: userId })
  await owner.patch(`/companies/${company.id}`, { note: 'Known' }, { version: 1 })
  const { body: deal } = await owner.post('/deals', { title: `Deal of customer ${name}`, ownerId: userId })
  await owner.patch(`/deals/${deal.id}`, { stage: 'qualified' }, { version: 1 })
  // Each is changed once at least, so that a request as of version 1 is refused instead of changing something.
  for (const to of [owner.userId, userId]) {
    const { version } = (await owner.get(`/conversations/${conversation.id}`)).body
    await owner.patch(`/conversations/${conversation.id}`, { assigneeId: to }, { version })
    const { version: seen } = (await owner.get(`/contacts/${contact.id}`)).body
    await owner.patch(`/contacts/${contact.id}`, { ownerId: to }, { version: seen })
  }
  await service.settle()
  const localMail = (await owner.get('/local-mailbox')).body.items.find(({ conversationId }: { conversationId: string }) => conversationId === conversation.id)
  return {
    contactId: contact.id,
    companyId: company.id,
    dealId: deal.id,
    conversationId: conversation.id,
    messageId: message.id,
    replyId: reply.id,
    attachmentId: message.attachments[0].id,
    draftId: draft.id,
    localMailId: localMail.id,
  }
}
