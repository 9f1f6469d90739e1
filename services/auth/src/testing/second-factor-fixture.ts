import type { TestService } from '@ai-crm/testing'
import { Secret, TOTP } from 'otpauth'
import { Browser, newPerson, type BrowserAnswer } from './browser.ts'

/** For tests: somebody whose account has an authenticator app. */
export interface ProtectedPerson {
  readonly email: string
  readonly password: string
  readonly userId: string
  readonly organizationId: string
  readonly accessToken: string
  readonly recoveryCodes: readonly string[]
  /** The browser in which the app was added. */
  readonly home: Browser
  /** A code that has not been used yet: each call is a step further, within the step that is allowed ahead, or a wait. */
  freshCode(): Promise<string>
  /** From a browser: the first step of signing in. */
  givePassword(browser: Browser): Promise<BrowserAnswer>
}

export const codeOf = (secret: string, atMs = Date.now()): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs })

export async function protectedPerson(auth: TestService): Promise<ProtectedPerson> {
  const home = new Browser(auth.app)
  const { email, password, ...rest } = newPerson()
  const { body: signedUp } = await home.post('/auth/sign-up', { email, password, ...rest })
  const token: string = signedUp.accessToken
  const userId: string = signedUp.me.user.id
  const { body: enrolment } = await home.call('POST', '/auth/factors/totp', token)
  const { body: confirmed } = await home.call('POST', '/auth/factors/totp/confirm', token, { code: codeOf(enrolment.secret) })
  return {
    email,
    password,
    userId,
    organizationId: signedUp.me.organization.id,
    accessToken: token,
    recoveryCodes: confirmed.recoveryCodes,
    home,
    async freshCode() {
      // As if the earlier codes were of another day: nobody waits half a minute in a test.
      await auth.database.asAdmin(`update auth.totp_credential set last_used_step = 0 where user_id = '${userId}'`)
      return codeOf(enrolment.secret)
    },
    givePassword: (browser) => browser.post('/auth/sign-in', { email, password }),
  }
}
