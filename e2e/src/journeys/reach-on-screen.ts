import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { linkFor, signInToDemo, stranger } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }
const PASSWORD = 'a long password of a colleague'

/** A colleague who sees their own contacts only, then those of their team: in two browsers, changed live. */
export function reachOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('limits a role to own records, gives a contact away, and lets a team share, all on the screen', async () => {
    const { client, session } = await signInToDemo(system())
    const mark = Date.now()
    const [clerk, contact] = [`Clara ${mark}`, `Shared customer ${mark}`]
    const email = `clara.${mark}@example.org`
    await client.auth.inviteByEmail({ body: { email, role: 'member', locale: 'en' }, idempotencyKey: crypto.randomUUID() })
    const token = (await linkFor(system(), email)).split('#')[1] ?? ''
    await stranger(system()).auth.acceptInvitation({ body: { token, newPerson: { name: clerk, password: PASSWORD, locale: 'en' } } })
    const { id: contactId } = await client.crm.createContact({ body: { name: contact }, idempotencyKey: crypto.randomUUID() })

    const { page: admin, complaints } = await openSignedIn(browser, system())
    const role = `Own only ${mark}`
    await makeRole(admin, system(), role)
    await admin.getByLabel(`Role of ${clerk}`).selectOption({ label: role })
    await admin.getByText(`${clerk} has the role from now on.`).waitFor()

    const guest = await signIn(browser, system(), email)
    await visit(guest, `${system().url}/contacts`)
    const shared = guest.getByRole('link', { name: contact })
    await guest.getByText('No contacts yet').waitFor(SOON)
    expect(await shared.count()).toBe(0)

    await visit(admin, `${system().url}/contacts/${contactId}`)
    await admin.getByLabel('Owner').selectOption({ label: clerk })
    await shared.waitFor(SOON)
    await admin.getByLabel('Owner').selectOption({ label: session.me.user.name })
    await shared.waitFor({ state: 'detached', ...SOON })

    await setReach(admin, system(), role, 'own, their teams’ and nobody’s')
    await makeTeam(admin, system(), `North ${mark}`, [clerk, session.me.user.name])
    await shared.waitFor(SOON)
    await guest.getByLabel('Whose contacts').selectOption({ label: 'Mine' })
    await guest.getByText('No contacts here').waitFor()
    await expectAccessible(guest)
    await guest.getByRole('button', { name: 'Show all contacts' }).click()
    await shared.click()
    // Theirs to see, and not to change: nothing is offered that the server would refuse.
    await guest.getByText('Ask whoever it belongs to.').waitFor()
    expect(await guest.getByRole('button', { name: /^Change Name/ }).isDisabled()).toBe(true)
    expect(await guest.getByLabel('Owner').count()).toBe(0)
    expect(await guest.getByRole('button', { name: 'Delete contact' }).count()).toBe(0)
    await expectAccessible(guest)

    await admin.getByRole('button', { name: `Change the team North ${mark}` }).click()
    await admin.getByRole('button', { name: 'Delete team' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: 'Delete team' }).last().click()
    await admin.getByText('Saved', { exact: true }).first().waitFor()
    await visit(guest, `${system().url}/contacts/${contactId}`)
    await guest.getByText('This does not exist, or is not yours to see.').waitFor(SOON)
    expect(complaints).toEqual([])
  })
}

/** By the form, with its scopes for contacts and conversations. */
async function makeRole(page: Page, system: RunningSystem, name: string): Promise<void> {
  await visit(page, `${system.url}/settings/roles`)
  await page.getByRole('button', { name: 'New role' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  for (const label of ['Contacts: see', 'Conversations: read']) await page.getByLabel(label).selectOption('own')
  // What cannot be seen cannot be changed: the choice has followed.
  expect(await page.getByLabel('Contacts: change').inputValue()).toBe('own')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name, exact: true }).waitFor()
}

async function setReach(page: Page, system: RunningSystem, role: string, reach: string): Promise<void> {
  await visit(page, `${system.url}/settings/roles`)
  await page.getByRole('button', { name: role, exact: true }).click()
  await page.getByLabel('Contacts: see').selectOption({ label: reach })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved', { exact: true }).first().waitFor()
}

/** With the keyboard alone, once the page is there. */
async function makeTeam(page: Page, system: RunningSystem, name: string, members: readonly string[]): Promise<void> {
  await visit(page, `${system.url}/settings/teams`)
  await page.getByRole('button', { name: 'New team' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type(name)
  for (const member of members) {
    await page.getByRole('checkbox', { name: new RegExp(member) }).focus()
    await page.keyboard.press('Space')
  }
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await page.getByText(name, { exact: true }).waitFor()
}

async function signIn(browser: Browser, system: RunningSystem, email: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(system.url)
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/inbox/**')
  return page
}
