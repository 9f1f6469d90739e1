import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, startBrowser, visit } from '../browser.ts'
import { linkFor } from '../people.ts'
import { until } from '../processes.ts'
import type { RunningSystem } from '../system.ts'

const PASSWORD = 'four words are enough'
const NEW_PASSWORD = 'four other words now'

/** An account from sign-up to a changed address, as a person makes it: in headless Chromium, by the links of the mails. */
export function accountOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  const newPage = async (): Promise<Page> => (await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } })).newPage()
  const nextLink = (email: string, path: string) =>
    until(`a link to ${path}`, async () => {
      const link = await linkFor(system(), email)
      return link.includes(path) ? link : undefined
    })

  it('signs up by the link of the mail, into the first inbox', async () => {
    const page = await newPage()
    const email = `screen.${Date.now()}@example.org`
    await signUp(page, email)
    await page.getByText(`a mail to ${email} is on its way`).waitFor()
    await page.getByText('No mail relay is configured here').waitFor()
    await expectAccessible(page)

    await page.goto(await nextLink(email, '/sign-up/confirm'))
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Open my inbox' }).click()
    await page.waitForURL('**/inbox/**')
    await page.context().close()
  })

  it('asks for the password where the link is opened in another browser', async () => {
    const [page, other] = [await newPage(), await newPage()]
    const email = `other.${Date.now()}@example.org`
    await signUp(page, email)
    await other.goto(await nextLink(email, '/sign-up/confirm'))
    await other.getByRole('button', { name: 'Open my inbox' }).click()
    await other.locator('input[name=password]').fill(PASSWORD)
    await expectAccessible(other)
    await other.keyboard.press('Enter')
    await other.waitForURL('**/inbox/**')
    for (const each of [page, other]) await each.context().close()
  })

  it('chooses a new password after forgetting it, then another address', async () => {
    const page = await newPage()
    const email = `forgetful.${Date.now()}@example.org`
    await signUp(page, email)
    await page.goto(await nextLink(email, '/sign-up/confirm'))
    await page.getByRole('button', { name: 'Open my inbox' }).click()
    await page.waitForURL('**/inbox/**')

    const phone = await newPage()
    await phone.goto(`${system().url}/sign-in`)
    await phone.getByRole('link', { name: 'Forgot your password?' }).click()
    await phone.waitForURL('**/forgot-password')
    await phone.getByRole('button', { name: 'Send me a link' }).waitFor()
    await phone.locator('input[type=email]').fill(email)
    await expectAccessible(phone)
    await phone.getByRole('button', { name: 'Send me a link' }).click()
    await phone.goto(await nextLink(email, '/reset-password'))
    await phone.locator('input[name=password]').fill('password123')
    await phone.keyboard.press('Enter')
    await phone.getByText('Attackers try this password first').waitFor()
    await expectAccessible(phone)
    await phone.locator('input[name=password]').fill(NEW_PASSWORD)
    await phone.keyboard.press('Enter')
    await phone.getByText('Your password is changed').waitFor()
    await phone.getByRole('link', { name: 'Back to sign-in' }).click()
    await phone.waitForURL('**/sign-in')
    await phone.getByRole('link', { name: 'Forgot your password?' }).waitFor()
    await phone.locator('input[type=email]').fill(email)
    await phone.locator('input[name=password]').fill(NEW_PASSWORD)
    await phone.keyboard.press('Enter')
    await phone.waitForURL('**/inbox/**')

    await visit(phone, `${system().url}/settings/profile`)
    await speaksTheAccountsLanguage(phone)
    const newEmail = `new.${email}`
    await phone.locator('input[name=newEmail]').fill(newEmail)
    await phone
      .locator('form', { has: phone.locator('input[name=newEmail]') })
      .locator('input[name=currentPassword]')
      .fill(NEW_PASSWORD)
    await expectAccessible(phone)
    await phone.getByRole('button', { name: 'Change the address' }).click()
    await phone.getByText(`A mail to ${newEmail} is on its way`).waitFor()
    await phone.goto(await nextLink(newEmail, '/confirm-email'))
    await phone.getByRole('button', { name: 'Confirm the address' }).click()
    await phone.getByText('The address is confirmed').waitFor()
    expect(await nextLink(email, '/revert-email')).toMatch(/#[0-9a-f]{64}$/)
    for (const each of [page, phone]) await each.context().close()
  })

  it('hides passwords, takes pasted ones and offers itself to password managers', async () => {
    const page = await newPage()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: system().url })
    for (const [path, purpose] of [
      ['/sign-in', 'current-password'],
      ['/sign-up', 'new-password'],
    ] as const) {
      await visit(page, system().url + path)
      await page.evaluate(`navigator.clipboard.writeText('${PASSWORD}')`)
      const field = page.locator('input[name=password]')
      await field.focus()
      await page.keyboard.press('Control+V')
      expect(await field.inputValue()).toBe(PASSWORD)
      expect([await field.getAttribute('type'), await field.getAttribute('autocomplete')]).toEqual(['password', purpose])
      expect(await page.locator('input[name=email]').getAttribute('autocomplete')).toBe('username')
      await page.getByRole('button', { name: 'Show password' }).click()
      expect(await field.getAttribute('type')).toBe('text')
    }
    await page.context().close()
  })

  /** In an English browser, also after a reload; the device's own choice counts more. */
  async function speaksTheAccountsLanguage(page: Page): Promise<void> {
    await page.getByRole('combobox', { name: 'Your language' }).selectOption('ru')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Профиль' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Профиль' }).waitFor()
    await page.getByRole('radio', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
  }

  async function signUp(page: Page, email: string): Promise<void> {
    await page.goto(`${system().url}/sign-up`)
    await page.locator('input[name=organizationName]').fill('Screen & Co')
    await page.locator('input[name=name]').fill('Sara Screen')
    await page.locator('input[name=email]').fill(email)
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText(`a mail to ${email} is on its way`).waitFor()
  }
}
