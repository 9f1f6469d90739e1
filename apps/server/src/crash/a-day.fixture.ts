import { createClient, ProblemError, type Client, type SignedIn } from '@ai-crm/contracts'
import type { FakeMailWorld } from '@ai-crm/testing/fakes/mail-world'
import { speakSmtp } from '../testing/speak-smtp.ts'

/** What somebody did and was told is done: the truth that the databases are held against afterwards. */
export interface Day {
  readonly organizationId: string
  readonly email: string
  readonly contactName: string
  readonly customer: string
  readonly conversationId: string
}

export interface Place {
  readonly url: string
  readonly smtpPort: number
  readonly world: FakeMailWorld
  readonly receiverUrl: string
}

/** A start takes seconds, on a busy machine most of a minute; a day may see several. */
const PATIENCE_MS = 300_000
export const PASSWORD = 'a long password of a crash'

/**
 * From signing up to the first answer, as people and mail servers do it: whoever gets no answer tries again, with the same
 * key or Message-ID. Rejects when something was not possible for long.
 */
export async function liveADay(place: Place): Promise<Day> {
  const tag = crypto.randomUUID().slice(0, 8)
  const email = `owner-${tag}@example.org`
  const { accessToken, me } = await signUp(place, email)
  const client = createClient({ baseUrl: place.url, accessToken: () => accessToken })
  await persist('see the organisation set up', async () => {
    if ((await client.auth.getMe()).organization.isSettingUp) throw new NotYet()
  })
  await persist('make a webhook', async () => {
    // One per address: it is there, or it is made.
    const { items } = await client.webhook.listWebhooks({ query: {} })
    if (items.length === 0) await client.webhook.createWebhook({ body: { url: place.receiverUrl, eventTypes: ['contact.created'] } })
  })
  const contactName = `Contact ${tag}`
  const contactKey = crypto.randomUUID()
  await persist('create a contact', () => client.crm.createContact({ body: { name: contactName }, idempotencyKey: contactKey }))
  const customer = `customer-${tag}@example.org`
  const [channel] = await persist('find the channel', async () => (await client.messaging.listChannels()).items)
  await persist('deliver a mail', () => speakSmtp(place.smtpPort, { from: customer, to: channel?.address ?? '', messageId: `<${tag}@example.org>` }))
  const conversationId = await persist('find the conversation', async () => {
    const page = await client.messaging.listConversations({ query: { folder: 'all' } })
    const [first] = page.items
    if (!first) throw new NotYet()
    return first.id
  })
  const replyKey = crypto.randomUUID()
  await persist('reply', () =>
    client.messaging.sendReply({ params: { conversationId }, body: { text: `Reply ${tag}`, force: true }, idempotencyKey: replyKey }),
  )
  return { organizationId: me.organization.id, email, contactName, customer, conversationId }
}

export async function signUp(place: Pick<Place, 'url' | 'world'>, email: string): Promise<SignedIn> {
  const stranger: Client = createClient({ baseUrl: place.url, accessToken: () => null })
  const wish = { organizationName: `Crash ${email}`, name: 'Olga Owner', email, password: PASSWORD, locale: 'en' } as const
  await persist('sign up', () => stranger.auth.signUp({ body: wish }))
  return persist('open the link', async () => {
    const token = linkOf(place.world, email)
    if (token === null) throw new NotYet()
    try {
      return await stranger.auth.confirmSignUp({ body: { token, password: PASSWORD } })
    } catch (error) {
      // The link worked, but its answer was lost.
      if (!(error instanceof ProblemError) || error.status !== 410) throw error
      const answer = await stranger.auth.signIn({ body: { email, password: PASSWORD } })
      if (answer.status !== 'signed-in') throw error
      return answer
    }
  })
}

/** The secret of the newest link that was mailed to the address. */
function linkOf(world: FakeMailWorld, email: string): string | null {
  const mail = world.mails.findLast(({ to, source }) => to.includes(email) && source.includes('sign-up'))
  return /sign-up\/confirm#([0-9a-f]{64})/.exec(mail?.source.replaceAll('=\r\n', '') ?? '')?.[1] ?? null
}

export class NotYet extends Error {}

/** While the program is dead or just back, every failure here is one that a client is expected to bear. */
const BEARABLE = new Set([0, 404, 409, 410, 429, 500, 502, 503, 504])

export async function persist<Result>(what: string, attempt: () => Promise<Result>): Promise<Result> {
  let last: unknown
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 150))) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof ProblemError && !BEARABLE.has(error.status)) throw error
      last = error
    }
  }
  throw new Error(`Could not ${what} within ${PATIENCE_MS} ms.`, { cause: last })
}
