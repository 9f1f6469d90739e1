import { ProblemError } from '@ai-crm/contracts'
import { sendMail, type Colleague } from '../people.ts'
import { pause, until } from '../processes.ts'
import type { RunningSystem } from '../system.ts'

/** What one customer wrote and what was answered: the truth that the product is held against at the end. */
export interface Exchange {
  readonly customer: string
  /** Texts in the order in which the product said 250. */
  readonly written: string[]
  /** Texts of replies for which the product said 202. */
  readonly answered: string[]
  conversationId: string
}

export interface Habit {
  /** Which customer it is. */
  readonly number: number
  /** Between two messages. */
  readonly pauseMs: number
  isOver(): boolean
}

const PATIENCE_MS = 90_000

/**
 * A customer who writes one message after the other, as any mail server would: what was not answered with 250 is
 * delivered again, with the same Message-ID, to whichever replica is there. Every second message gets a reply.
 */
export async function converse(system: RunningSystem, colleague: Colleague, { number, pauseMs, isOver }: Habit): Promise<Exchange> {
  const customer = `chaos-${number}-${crypto.randomUUID().slice(0, 8)}@example.org`
  const exchange: Exchange = { customer, written: [], answered: [], conversationId: '' }
  const messageIds: string[] = []
  for (let turn = 1; !isOver() || turn <= 3; turn++) {
    const text = `Message ${turn} of customer ${number}`
    const messageId = `<chaos.${number}.${turn}.${crypto.randomUUID()}@example.org>`
    const date = new Date()
    const previous = messageIds.at(-1)
    await persist(`deliver ${text}`, (attempt) =>
      sendMail(
        system,
        {
          from: customer,
          to: colleague.inbound,
          subject: `Chaos ${number}`,
          text,
          messageId,
          date,
          ...(previous ? { inReplyTo: previous, references: messageIds.join(' ') } : {}),
        },
        number + attempt,
      ),
    )
    exchange.written.push(text)
    messageIds.push(messageId)
    if (turn % 2 === 0) await answer(colleague, exchange, `Reply ${turn} to customer ${number}`)
    await pause(pauseMs)
  }
  return exchange
}

async function answer(colleague: Colleague, exchange: Exchange, text: string): Promise<void> {
  exchange.conversationId ||= await findConversation(colleague, exchange.customer)
  const idempotencyKey = crypto.randomUUID()
  await persist(`queue ${text}`, () =>
    colleague.client.messaging.sendReply({ params: { conversationId: exchange.conversationId }, body: { text, force: true }, idempotencyKey }),
  )
  exchange.answered.push(text)
}

export const findConversation = (colleague: Colleague, customer: string): Promise<string> =>
  until(
    `the conversation with ${customer}`,
    async () => {
      const page = await colleague.client.messaging.listConversations({ query: { search: customer, folder: 'all' } }).catch(passing)
      return page?.items[0]?.id
    },
    PATIENCE_MS,
  )

/** Tries again until it works: every failure here is one that a client is expected to bear while processes die. */
async function persist(what: string, attempt: (count: number) => Promise<unknown>): Promise<void> {
  let last: unknown
  let count = 0
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(200)) {
    try {
      await attempt(count++)
      return
    } catch (error) {
      last = passing(error) ?? error
    }
  }
  throw new Error(`Could not ${what} within ${PATIENCE_MS} ms.`, { cause: last })
}

const BEARABLE = new Set([0, 409, 429, 500, 502, 503, 504])

/** Swallows what a dying process may answer; anything else (a wrong answer) is thrown on. */
function passing(error: unknown): undefined {
  if (error instanceof ProblemError && !BEARABLE.has(error.status)) throw error
  return undefined
}
