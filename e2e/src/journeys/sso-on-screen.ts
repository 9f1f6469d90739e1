import type { DnsServer } from '@ai-crm/testing/fakes/dns-server'
import { startOidcServer, type OidcServer } from '@ai-crm/testing/fakes/oidc-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, startBrowser, visit } from '../browser.ts'
import { signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const PASSWORD = 'a long password of a journey'

/** Single sign-on as an administrator sets it up and a colleague meets it, with a real provider and a real name server. */
export function ssoOnScreen(system: () => RunningSystem, dns: () => DnsServer): void {
  let browser: Browser
  let oidc: OidcServer
  const domain = `j${Date.now()}.example`
  beforeAll(async () => {
    browser = await startBrowser()
    oidc = await startOidcServer([`${system().url}/sso/callback`])
    for (const name of ['tester', 'grace'])
      oidc.people.set(`${name}@${domain}`, { email: `${name}@${domain}`, email_verified: true, name: `${name} of the journey` })
  })
  afterAll(async () => {
    await closePages(browser)
    await oidc?.close()
  })

  it('proves a domain, connects a provider, lets a colleague in by it, and enforces it', async () => {
    const owner = await openAsOwner(browser, system())
    await visit(owner, `${system().url}/settings/single-sign-on`)
    await owner.getByText('No connection yet').waitFor()
    await expectAccessible(owner)
    await proveDomain(owner, dns(), domain)
    await connect(owner, oidc)
    await expectAccessible(owner)

    await owner.getByRole('button', { name: 'Test', exact: true }).click()
    await logIn(owner, `tester@${domain}`)
    await owner.waitForURL('**/settings/single-sign-on')
    await owner.getByText('test passed').waitFor()
    await owner.getByRole('button', { name: 'Enable' }).click()
    await owner.getByText('enabled', { exact: true }).waitFor()
    await expectAccessible(owner)

    await trustToAskAgain(owner)
    const colleague = await (await browser.newContext({ locale: 'en-US' })).newPage()
    await goBySso(colleague, system(), `grace@${domain}`)
    await logIn(colleague, `grace@${domain}`)
    await colleague.waitForURL('**/inbox/**')
    await colleague.getByText('Live', { exact: true }).waitFor()

    await owner.getByLabel('Members of the proven domains sign in by single sign-on only').click()
    await owner.getByText('Single sign-on is enforced.').waitFor()
    await expectAccessible(owner)
    const stranger = await (await browser.newContext({ locale: 'en-US' })).newPage()
    await visit(stranger, `${system().url}/sign-in`)
    await stranger.getByLabel('E-mail').fill(`nobody@${domain}`)
    await stranger.locator('input[type=password]').fill('whatever it is')
    await stranger.keyboard.press('Enter')
    await stranger.getByText('Your organisation signs in by single sign-on.').waitFor()
    await expectAccessible(stranger)
  })

  it('says what to do when a callback is not from here, and signs nobody in', async () => {
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage()
    await page.goto(`${system().url}/sso/callback?code=stolen&state=${'x'.repeat(43)}`)
    await page.getByText('was begun in another browser').waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Back to the sign-in page' }).click()
    await page.waitForURL('**/sign-in')
  })

  it('asks everybody for a second factor, and leaves nothing else to who has none', async () => {
    const owner = await openAsOwner(browser, system())
    await visit(owner, `${system().url}/settings/security`)
    await owner.getByLabel('Everybody needs a second factor').click()
    await owner.getByRole('heading', { name: 'Set up a second factor to go on' }).waitFor({ timeout: 20_000 })
    await expectAccessible(owner)
    await owner.goto(`${system().url}/contacts`)
    await owner.getByRole('heading', { name: 'Set up a second factor to go on' }).waitFor()
  })
}

async function openAsOwner(browser: Browser, system: RunningSystem): Promise<Page> {
  const { session } = await signUp(system, 'Works')
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage()
  await visit(page, `${system.url}/sign-in`)
  await page.getByLabel('E-mail').fill(session.me.user.email)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/inbox/**')
  return page
}

async function proveDomain(page: Page, dns: DnsServer, domain: string): Promise<void> {
  await page.getByLabel('Domain', { exact: true }).fill(domain)
  await page.keyboard.press('Enter')
  const [name, value] = [page.getByLabel('Name of the record'), page.getByLabel('Value of the record')]
  await name.waitFor()
  await page.getByRole('button', { name: 'Check the record' }).click()
  await page.getByText('The record is not there yet').waitFor()
  dns.setText((await name.textContent()) ?? '', (await value.textContent()) ?? '')
  await page.getByRole('button', { name: 'Check the record' }).click()
  await page.getByText('proven', { exact: true }).waitFor()
}

async function connect(page: Page, { issuer, clientId, clientSecret }: OidcServer): Promise<void> {
  await page.getByRole('button', { name: 'Add connection' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Company account')
  await page.getByLabel('Issuer').fill('http://127.0.0.1:1')
  await page.getByLabel('Client ID').fill(clientId)
  await page.getByLabel('Client secret').fill(clientSecret)
  await page.getByRole('button', { name: 'Save connection' }).click()
  await page.getByText('The connection failed').waitFor()
  await page.getByLabel('Issuer').fill(issuer)
  await page.getByRole('button', { name: 'Save connection' }).click()
  await page.getByText('not tested').waitFor()
}

/** What is chosen in the dialog is what stands there when it is opened again, and in the log. */
async function trustToAskAgain(page: Page): Promise<void> {
  const open = async () => {
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    return page.getByRole('switch', { name: 'It asks again when we say so' })
  }
  const trust = await open()
  expect(await trust.getAttribute('aria-checked')).toBe('false')
  await trust.click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save connection' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await (await open()).getAttribute('aria-checked')).toBe('true')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByText('enabled', { exact: true }).waitFor()
}

async function goBySso(page: Page, system: RunningSystem, email: string): Promise<void> {
  await visit(page, `${system.url}/sign-in`)
  await page.getByRole('button', { name: 'Single sign-on' }).click()
  await expectAccessible(page)
  await page.getByLabel('Work e-mail').fill(email)
  await page.keyboard.press('Enter')
}

/** On the provider's own page. */
async function logIn(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.keyboard.press('Enter')
}
