import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { join, signUp } from '../people.ts'
import { until } from '../processes.ts'
import type { RunningSystem } from '../system.ts'

/** What people and programs may do, decided on one screen and felt on another. */
export function rightsOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('makes a role that hides and locks fields, and takes them from a page that is open', async () => {
    const owner = await signUp(system(), 'Careful & Co')
    const clerk = await join(system(), owner, 'Cleo Clerk')
    const contact = await owner.client.crm.createContact({ body: { name: 'Vera Visible', email: 'hidden@example.org', phone: '+44 20 1', note: 'VIP' } })
    const [{ page }, { page: open, complaints }] = [await openSignedIn(browser, system(), {}, owner), await openSignedIn(browser, system(), {}, clerk)]
    await visit(open, `${system().url}/contacts/${contact.id}`)
    await open.getByRole('button', { name: 'Change E-mail: hidden@example.org' }).waitFor()
    await open.getByRole('button', { name: /^Change Phone: \+44 20 1/, disabled: false }).waitFor()

    await visit(page, `${system().url}/settings/roles`)
    await page.getByRole('button', { name: 'New role' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Clerk')
    const fields = dialog.getByRole('group', { name: 'Fields of contacts' })
    await fields.getByLabel('E-mail', { exact: true }).selectOption('hidden')
    await fields.getByLabel('Phone', { exact: true }).selectOption('read-only')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByLabel('Role of Cleo Clerk').selectOption({ label: 'Clerk' })
    await page.getByText('Cleo Clerk has the role from now on.').waitFor()

    await open.getByText('hidden@example.org').waitFor({ state: 'detached', timeout: 20_000 })
    await open.getByRole('button', { name: /^Change Phone: \+44 20 1/, disabled: true }).waitFor()
    await open.getByRole('button', { name: /VIP/, disabled: false }).waitFor()

    await visit(page, `${system().url}/settings/members`)
    const choice = page.getByLabel('Role of Cleo Clerk')
    await choice.locator('option:checked', { hasText: 'Clerk' }).waitFor({ state: 'attached' })
    await choice.selectOption('member')
    await open.getByRole('button', { name: 'Change E-mail: hidden@example.org' }).waitFor({ timeout: 20_000 })
    await choice.selectOption({ label: 'Clerk' })
    await open.getByText('hidden@example.org').waitFor({ state: 'detached', timeout: 20_000 })
    expect(complaints).toEqual([])
    for (const each of [page, open]) await each.context().close()
  })

  it('makes an API key, works with it, and refuses it once it is revoked', async () => {
    const owner = await signUp(system(), 'Programs & Co')
    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    await visit(page, `${system().url}/settings/api-keys`)
    await page.getByRole('button', { name: 'New API key' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Nightly import')
    await page.getByRole('checkbox', { name: 'crm.contact.read' }).check()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Create key' }).click()
    const secret = (await page.getByLabel('The API key', { exact: true }).textContent()) ?? ''
    await expectAccessible(page)
    await page.getByRole('button', { name: 'I have copied it' }).click()

    const ask = async (method: string) => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      const body = method === 'POST' ? { body: JSON.stringify({ name: 'By a program' }) } : {}
      return (await fetch(`${system().url}/api/v1/contacts`, { method, headers, ...body })).status
    }
    expect(await ask('GET')).toBe(200)
    expect(await ask('POST')).toBe(403)
    await page.getByRole('button', { name: 'Revoke: Nightly import' }).click()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('The key was revoked.').waitFor()
    await until('the key to be refused', async () => ((await ask('GET')) === 401 ? true : undefined))
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
