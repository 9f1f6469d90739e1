import type { TestService } from '@ai-crm/testing'
import type { Browser } from './browser.ts'
import { mailTo, tokenOf } from './mails.ts'
import type { Person } from './team.ts'

let addresses = 0
export const newAddress = (domain = 'guests.example.org'): string => `guest${++addresses}@${domain}`
export const newPerson = { name: 'Grace', password: 'correct horse', locale: 'en' }

/** What people do with invitations at a service. */
export function invitationsAt(auth: TestService) {
  const invite = (actor: Person, email: string, role = 'member') => actor.browser.call('POST', '/invitations', actor.token, { email, role, locale: 'en' })
  return {
    invite,
    accept: (browser: Browser, token: string, more: object = {}) => browser.post('/auth/invitations/accept', { token, ...more }),
    preview: (browser: Browser, token: string) => browser.post('/auth/invitations/preview', { token }),

    /** By mail. */
    async invited(owner: Person, email: string, role = 'member') {
      const { status, body } = await invite(owner, email, role)
      if (status !== 201) throw new Error(`The invitation was refused: ${status}.`)
      return { id: String(body.id), token: tokenOf((await mailTo(auth, owner.organizationId, email))['link']) }
    },

    async linked(owner: Person, options: object = {}) {
      const body = { role: 'viewer', locale: 'en', maxUses: 2, domain: null, ...options }
      const { id } = (await owner.browser.call('POST', '/invitations/links', owner.token, body)).body
      const { link } = (await owner.browser.call('POST', `/invitations/${id}/link`, owner.token)).body
      return { id: String(id), token: tokenOf(link) }
    },
  }
}
