import { API_PREFIX, SignedIn } from '@ai-crm/contracts'
import { systemMailsTo } from './system-mails.ts'
import type { TestService } from './test-service.ts'

/** Signs up and opens the link of the mail in the same browser. `auth` runs the auth service. */
export async function signUp(auth: TestService, person: { email: string; organizationName: string; name: string; password: string }): Promise<SignedIn> {
  const asked = await auth.app.inject({ method: 'POST', url: `${API_PREFIX}/auth/sign-up`, payload: person })
  const cookie = asked.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const token = (await systemMailsTo(auth, person.email)).at(-1)?.token
  const opened = await auth.app.inject({ method: 'POST', url: `${API_PREFIX}/auth/sign-up/confirm`, payload: { token }, headers: { cookie } })
  return SignedIn.parse(opened.json())
}
