import { startService } from '@ai-crm/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson, type BrowserAnswer } from '../testing/browser.ts'
import { tokenOf } from '../testing/mails.ts'
import { founder, type Person } from '../testing/team.ts'

/** Reliability B7. 500 pairs by `npm run test:security`, which also tells how far the medians of the times are apart. */
const PAIRS = Number(process.env['ENUMERATION_PAIRS'] ?? 12)

const auth = await startService(service)
let inviter: Person
let link: string

beforeAll(async () => {
  inviter = await founder(auth)
  const made = await inviter.browser.call('POST', '/invitations/links', inviter.token, { role: 'member', locale: 'en', maxUses: 500, domain: null })
  const shown = await inviter.browser.call('POST', `/invitations/${made.body.id}/link`, inviter.token)
  link = tokenOf(shown.body.link)
})

/** With the password of the inviter: nobody signs up hundreds of times. */
const makeAccount = (email: string) =>
  auth.database.asAdmin(`with person as (
    insert into auth.user_account (id, email, name, locale) values (gen_random_uuid(), '${email}', 'Ada', 'en') returning id)
    insert into auth.password_credential (user_id, password_hash)
    select person.id, password_hash from person, auth.password_credential where user_id = '${inviter.userId}'`)

/** An organisation has room for so many only: an own limit, which says nothing of addresses. */
const forgetInvitations = () => auth.database.asAdmin(`update auth.invitation set revoked_at = now() where kind = 'email' and revoked_at is null`)

/** Asks as a browser and from a network of its own: no budget of an earlier pair matters. */
type Ask = (browser: Browser, email: string) => Promise<BrowserAnswer>

const asks: Readonly<Record<string, Ask>> = {
  'signing in': (browser, email) => browser.send('/auth/sign-in', { email, password: 'not the password' }),
  'signing up': (browser, email) => browser.send('/auth/sign-up', newPerson({ email })),
  'forgetting the password': (browser, email) => browser.send('/auth/password/forgot', { email }),
  'an invitation by a shared link': (browser, email) => browser.send('/auth/invitations/ask', { token: link, email }),
  'changing the own address to it': (browser, email) =>
    browser.call('POST', '/auth/email/change', inviter.token, { newEmail: email, currentPassword: inviter.password }),
  'inviting it': async (browser, email) => {
    const answer = await browser.call('POST', '/invitations', inviter.token, { email, role: 'member', locale: 'en' })
    // What was asked for, and what every invitation has of its own.
    const { id: _id, email: _email, createdAt: _createdAt, expiresAt: _expiresAt, sentAt: _sentAt, ...same } = answer.body
    // It repeats the address, which is longer for one of the two.
    return { ...answer, body: same, headers: { ...answer.headers, 'content-length': '' } }
  },
  'the mail of a sign-up once more': (browser, email) => browser.send('/auth/sign-up/resend', { email }),
}

const STATUS: Readonly<Record<string, number>> = { 'signing in': 401, 'inviting it': 201 }

const CHANGING_HEADERS = ['x-request-id', 'x-correlation-id', 'date']

/** What anybody could compare: all of it, but ids and random values of the answer itself. */
function seen({ status, body, headers }: BrowserAnswer) {
  const shown = Object.entries(headers).filter(([name]) => !CHANGING_HEADERS.includes(name))
  const cookies = String(headers['set-cookie'] ?? '').replaceAll(/=[A-Za-z0-9_-]{20,}/g, '=…')
  return { status, body: body === undefined ? undefined : { ...body, requestId: '' }, headers: { ...Object.fromEntries(shown), 'set-cookie': cookies } }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

describe.each(Object.entries(asks))('%s', (what, ask) => {
  it(
    `answers for known and unknown addresses alike, to the last header: ${PAIRS} pairs`,
    async () => {
      const times = { known: Array<number>(), unknown: Array<number>() }
      for (let pair = 0; pair < PAIRS; pair++) {
        const person = newPerson()
        await makeAccount(person.email)
        const address = `198.${18 + (pair >> 8)}.${pair & 255}.1`
        const timed = async (kind: 'known' | 'unknown', email: string) => {
          const start = performance.now()
          const answer = await ask(new Browser(auth.app, address), email)
          times[kind].push(performance.now() - start)
          return seen(answer)
        }
        const [first, second] = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
        const emailOf = { known: person.email, unknown: `nobody-${person.email}` }
        const answer = await timed(first, emailOf[first])
        expect(answer.status).toBe(STATUS[what] ?? 202)
        expect(await timed(second, emailOf[second])).toEqual(answer)
        await forgetInvitations()
      }
      const [known, unknown] = [median(times.known), median(times.unknown)]
      if (PAIRS >= 100)
        console.log(`B7 ${what}: median ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown, apart ${Math.abs(known - unknown).toFixed(1)} ms`)
    },
    30_000 + PAIRS * 500,
  )
})
