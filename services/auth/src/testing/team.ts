import type { Role } from '@ai-crm/contracts'
import type { TestService } from '@ai-crm/testing'
import { Browser, newPerson, type BrowserAnswer } from './browser.ts'

/** Somebody at a browser, signed in to one organisation. */
export interface Person {
  readonly browser: Browser
  readonly userId: string
  readonly email: string
  readonly password: string
  organizationId: string
  token: string
}

/** A new person who owns a new organisation. */
export async function founder(auth: TestService, organizationName?: string): Promise<Person> {
  const browser = new Browser(auth.app)
  const person = newPerson(organizationName === undefined ? {} : { organizationName })
  const { body } = await browser.post('/auth/sign-up', person)
  const { email, password } = person
  return { browser, userId: body.me.user.id, email, password, organizationId: body.me.organization.id, token: body.accessToken }
}

/** A new person who works in the organisation of `owner`, and is signed in there. */
export async function colleague(auth: TestService, owner: Person, role: Role): Promise<Person> {
  const person = await founder(auth)
  await auth.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${owner.organizationId}', '${person.userId}', '${role}')`)
  await goTo(person, owner.organizationId)
  return person
}

export async function goTo(person: Person, organizationId: string): Promise<BrowserAnswer> {
  const answer = await person.browser.post('/auth/switch-organization', { organizationId })
  if (answer.status === 200) Object.assign(person, { token: answer.body.accessToken, organizationId })
  return answer
}
