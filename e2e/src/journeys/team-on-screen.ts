import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, signInOnScreen, startBrowser, visit } from '../browser.ts'
import { join, linkFor, signInToDemo, signUp } from '../people.ts'
import { DEMO, type RunningSystem } from '../system.ts'

/** Colleagues come and go, in two browsers: invited, given another role, removed. */
export function teamOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('brings an invited colleague in, changes their role live, and signs them out when they are removed', async () => {
    const { page: admin, complaints } = await openSignedIn(browser, system())
    const email = `grace.${Date.now()}@example.org`
    await visit(admin, `${system().url}/settings/invitations`)
    await admin.getByLabel('E-mail').fill(email)
    await admin.getByRole('button', { name: 'Send invitation' }).click()
    await admin.getByText(email, { exact: true }).waitFor()
    await expectAccessible(admin)

    const guest = await (await browser.newContext({ locale: 'en-US' })).newPage()
    await guest.goto(await linkFor(system(), email))
    await guest.getByRole('heading', { name: 'Join Demo' }).waitFor()
    await expectAccessible(guest)
    await guest.getByLabel('Your name').fill('Grace Guest')
    await guest.getByLabel('Password', { exact: true }).fill('a long password of a guest')
    await guest.getByRole('button', { name: 'Create account and join' }).click()
    await guest.waitForURL('**/inbox/**')
    await visit(guest, `${system().url}/contacts`)
    const create = guest.getByRole('button', { name: 'Create contact' })
    await create.first().waitFor()

    await visit(admin, `${system().url}/settings/members`)
    await admin.getByLabel('Role of Grace Guest').selectOption('viewer')
    await admin.getByText('Grace Guest has a new role.').waitFor()
    await expectAccessible(admin)
    await create.first().waitFor({ state: 'detached', timeout: 20_000 })

    await admin.getByRole('button', { name: 'Actions for Grace Guest' }).click()
    await admin.getByRole('menuitem', { name: 'Remove…' }).click()
    await admin.getByRole('button', { name: 'Remove member' }).click()
    await admin.getByText('Grace Guest is no longer a member.').waitFor()
    await guest.waitForURL('**/sign-in**', { timeout: 20_000 })
    expect(complaints).toEqual([])
  })

  it('lets in by a link for an address whoever has it, and says what to do to anybody else and where a mailbox is full', async () => {
    const guest = await signUp(system(), 'Somewhere else')
    const { page: admin } = await openSignedIn(browser, system())
    await visit(admin, `${system().url}/settings/invitations`)
    await admin.getByLabel('Address (optional)').fill(guest.email)
    await admin.getByRole('button', { name: 'Make link' }).click()
    const link = (await admin.getByLabel('Invitation link').textContent()) ?? ''

    const { client } = await signInToDemo(system())
    const full = { email: `full.${Date.now()}@example.org`, role: 'viewer', locale: 'en' } as const
    for (let mail = 0; mail < 5; mail++) await client.auth.inviteByEmail({ body: full })
    await admin.getByLabel('E-mail').fill(full.email)
    await admin.getByRole('button', { name: 'Send invitation' }).click()
    await admin.getByText(/No mail was sent: .* Try again after \d+:\d\d/).waitFor()
    await expectAccessible(admin)

    await visit(admin, link)
    await admin.getByText(`This invitation is for ${guest.email}. You are signed in as ${DEMO.email}.`).waitFor()
    await admin.getByRole('button', { name: 'Sign out and go on' }).waitFor()
    await expectAccessible(admin)

    const { page: theirs } = await openSignedIn(browser, system(), {}, guest)
    await visit(theirs, link)
    await theirs.getByRole('button', { name: `Join as ${guest.email}` }).click()
    await theirs.waitForURL('**/inbox/**')
    await theirs.getByRole('navigation').getByText('Demo', { exact: true }).first().waitFor()
    for (const each of [admin, theirs]) await each.context().close()
  })

  it('founds a second organisation and switches back by the palette, with the keyboard alone', async () => {
    const { page } = await signInOnScreen(browser, system())
    const name = `Second ${Date.now()}`
    await command(page, 'New organisation')
    await page.getByLabel('Name').fill(name)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation').getByText(name).first().waitFor()
    await command(page, 'Switch to Demo')
    await page.getByRole('navigation').getByText('Demo', { exact: true }).first().waitFor()
    await page.context().close()
  })

  it('hands the ownership over, and shows at once who may no longer', async () => {
    const owner = await signUp(system(), 'Handed over')
    const heir = await join(system(), owner, 'Hanna Heir', 'admin')
    const [{ page }, { page: heirs }] = [await openSignedIn(browser, system(), {}, owner), await openSignedIn(browser, system(), {}, heir)]
    for (const each of [page, heirs]) await visit(each, `${system().url}/settings/organization`)
    await heirs.getByRole('button', { name: 'Leave organisation…' }).waitFor()
    expect(await heirs.getByRole('button', { name: 'Transfer ownership…' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Transfer ownership…' }).click()
    await page.getByText('Hanna Heir becomes the owner').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Transfer ownership', exact: true }).click()
    await page.getByText('Hanna Heir is the owner now.').waitFor()
    await heirs.getByRole('button', { name: 'Transfer ownership…' }).waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Transfer ownership…' }).waitFor({ state: 'detached', timeout: 20_000 })
    for (const each of [page, heirs]) await each.context().close()
  })
}

async function command(page: Page, words: string): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type(words)
  await page.getByRole('option', { name: new RegExp(words) }).waitFor()
  await page.keyboard.press('Enter')
}
