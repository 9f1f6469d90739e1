import { createClient, type Client, type LiveUpdate, type Role, type SignedIn } from '@ai-crm/contracts'
import { createTransport } from 'nodemailer'
import type { Attachment } from 'nodemailer/lib/mailer/index.js'
import { io, type Socket } from 'socket.io-client'
import { until } from './processes.ts'
import { DEMO, untilSetUp, type RunningSystem } from './system.ts'

/** Somebody of a sales team, signed in over the public door as the web app is. */
export interface Colleague {
  readonly client: Client
  readonly session: SignedIn
  readonly email: string
  readonly password: string
  /** Where mail to the organisation goes. */
  readonly inbound: string
}

/** Signs in to the demo organisation. */
export async function signInToDemo(system: RunningSystem): Promise<Colleague> {
  const session = await stranger(system).auth.signIn({ body: { email: DEMO.email, password: DEMO.password } })
  if (session.status !== 'signed-in') throw new Error('The demo owner has a second factor.')
  return colleague(system, session, DEMO.password)
}

/** A new organisation with its owner. */
export async function signUp(system: RunningSystem, name: string): Promise<Colleague> {
  const email = `owner-${crypto.randomUUID()}@example.org`
  const password = 'a long password of a journey'
  await stranger(system).auth.signUp({ body: { organizationName: name, name: 'Olga Owner', email, password, locale: 'en' } })
  // Not the browser that signed up (no cookies here), so the link asks for the password.
  const token = (await linkFor(system, email)).split('#')[1] ?? ''
  const owner = colleague(system, await stranger(system).auth.confirmSignUp({ body: { token, password } }), password)
  await untilSetUp(owner.client)
  return owner
}

/** Somebody new who accepts the invitation of a colleague, by the link of the mail. */
export async function join(system: RunningSystem, inviter: Colleague, name: string, role: Role = 'member'): Promise<Colleague> {
  const email = `${role}-${crypto.randomUUID()}@example.org`
  const password = 'a long password of a guest'
  await inviter.client.auth.inviteByEmail({ body: { email, role, locale: 'en' } })
  const token = (await linkFor(system, email)).split('#')[1] ?? ''
  const { signedIn } = await stranger(system).auth.acceptInvitation({ body: { token, newPerson: { name, password, locale: 'en' } } })
  if (!signedIn) throw new Error('A new person is signed in by their invitation.')
  return colleague(system, signedIn, password)
}

/** The newest link of a mail of the system to an address: without a relay it stands in the server's log. */
export const linkFor = (system: RunningSystem, email: string): Promise<string> =>
  until(`a link for ${email}`, async () => {
    const line = system
      .output()
      .split('\n')
      .findLast((each) => each.includes(`For ${email}:`))
    return line === undefined ? undefined : /"url":"([^"]+)"/.exec(line)?.[1]
  })

export const stranger = (system: RunningSystem): Client => createClient({ baseUrl: system.url, accessToken: () => null })

const colleague = (system: RunningSystem, session: SignedIn, password: string): Colleague => ({
  email: session.me.user.email,
  password,
  client: createClient({ baseUrl: system.url, accessToken: () => session.accessToken }),
  session,
  inbound: `${session.me.organization.slug}@crm.localhost`,
})

export interface Mail {
  from: string
  to: string
  subject: string
  text?: string
  html?: string
  messageId?: string
  inReplyTo?: string
  references?: string
  /** When it was written; now unless told. One that is delivered again says the same. */
  date?: Date
  attachments?: Attachment[]
}

/** A real message by a real SMTP client, as any mail program sends it. Resolves once the product has said 250. */
export async function sendMail(system: RunningSystem, mail: Mail, replica = 0): Promise<void> {
  const port = system.smtpPorts[replica % system.smtpPorts.length]
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  await transport.sendMail(mail)
  transport.close()
}

export interface OpenInbox {
  readonly updates: readonly LiveUpdate[]
  close(): void
}

/** A browser's socket: what a colleague's screen hears. */
export async function openInbox(system: RunningSystem, { client }: Colleague): Promise<OpenInbox> {
  const { ticket } = await client.websocket.createLiveTicket()
  const updates: LiveUpdate[] = []
  const socket: Socket = io(system.url, {
    path: '/live/',
    transports: ['websocket'],
    auth: { ticket },
    reconnection: false,
    extraHeaders: { origin: system.url },
  })
  socket.on('update', (update: LiveUpdate) => void updates.push(update))
  await new Promise<void>((resolve, reject) => {
    socket.once('welcome', () => resolve())
    socket.once('connect_error', reject)
  })
  return { updates, close: () => void socket.close() }
}
