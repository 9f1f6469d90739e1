import type { Me } from '@ai-crm/contracts'
import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, startBrowser, visit } from '../browser.ts'
import { signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const PASSWORD = 'a long password of a journey'

/** RFC 6238, from the specification: what an app on a phone does. */
function codeOf(secret: string, atMs: number): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** A new person in a browser of their own, on the security page. */
async function signUpOnScreen(browser: Browser, system: RunningSystem): Promise<{ page: Page; email: string }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' })
  const page = await context.newPage()
  const { session } = await signUp(system, 'Careful people')
  const { email } = session.me.user
  await givePassword(page, system, email)
  await page.waitForURL('**/inbox/**')
  await visit(page, `${system.url}/settings/security`)
  await page.getByRole('heading', { name: 'Authenticator app' }).waitFor()
  return { page, email }
}

async function givePassword(page: Page, system: RunningSystem, email: string): Promise<void> {
  await visit(page, `${system.url}/sign-in`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
}

async function leave(page: Page, system: RunningSystem): Promise<void> {
  await visit(page, `${system.url}/settings/profile`)
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in**')
}

/** On a remembered device nothing is shown but the password: sensitive changes ask for the rest. */
async function comeBack(page: Page, system: RunningSystem, email: string): Promise<void> {
  await leave(page, system)
  await givePassword(page, system, email)
  await page.waitForURL('**/inbox/**')
}

async function confirm(page: Page, code = ''): Promise<void> {
  await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(code)
  await page.keyboard.press('Enter')
}

/** Second factors as people meet them: an authenticator app, recovery codes, and a passkey of a (virtual) authenticator. */
export function factorsOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('signs in with an authenticator app, and with a recovery code when the phone is away', async () => {
    const { page, email } = await signUpOnScreen(browser, system())
    await page.getByRole('button', { name: 'Set up' }).click()
    await page.getByText('I cannot scan it').click()
    const secret = (await page.getByLabel('Secret to type into the app').textContent()) ?? ''
    await expectAccessible(page)
    await page.getByLabel('Code from the app').fill(codeOf(secret, Date.now()))
    await page.keyboard.press('Enter')
    const codes = ((await page.getByLabel('Recovery codes', { exact: true }).textContent()) ?? '').split('\n')
    expect(codes).toHaveLength(10)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('10 codes left').waitFor()
    await expectAccessible(page)

    await leave(page, system())
    await givePassword(page, system(), email)
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    await expectAccessible(page)
    await page.getByLabel('Code from the app').fill('000000')
    await page.keyboard.press('Enter')
    await page.getByText('That is not right').waitFor()
    await page.getByLabel('Code from the app').fill(codeOf(secret, Date.now() + 30_000))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/inbox/**')

    await leave(page, system())
    await givePassword(page, system(), email)
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(codes[0] ?? '')
    await page.getByLabel('Do not ask on this device').check()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/inbox/**')

    await comeBack(page, system(), email)
    await visit(page, `${system().url}/settings/invitations`)
    await page.getByLabel('E-mail').fill('deputy@example.org')
    await page.getByLabel('Role').first().selectOption('admin')
    await page.getByRole('button', { name: 'Send invitation' }).click()
    await confirm(page, codes[1])
    await page.getByText('deputy@example.org', { exact: true }).waitFor()

    await comeBack(page, system(), email)
    await visit(page, `${system().url}/settings/webhooks`)
    await page.getByRole('button', { name: 'New webhook' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill('https://hooks.example.com/crm')
    await dialog.getByLabel('What it is for').fill('Ledger')
    await dialog.getByRole('checkbox', { name: /A contact was created/ }).check()
    await dialog.getByRole('button', { name: 'Create webhook' }).click()
    await confirm(page, codes[2])
    await page.getByLabel('Secret', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'I have copied it' }).click()

    await comeBack(page, system(), email)
    await visit(page, `${system().url}/settings/security`)
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Remove the app' }).click()
    await confirm(page, codes[3])
    await page.getByText('Not set up yet.').waitFor()
    await page.context().close()
  })

  it('leaves open what is shown once when the organisation takes long to be set up', async () => {
    const { page } = await signUpOnScreen(browser, system())
    let isSettingUp = true
    const founding = (me: Me): Me => ({ ...me, organization: { ...me.organization, isSettingUp } })
    await page.route(/\/api\/v1\/auth\/(refresh|me)$/, async (route) => {
      const response = await route.fetch()
      const answer: { me: Me } | Me = await response.json()
      await route.fulfill({ response, json: 'me' in answer ? { ...answer, me: founding(answer.me) } : founding(answer) })
    })
    await page.reload()
    await page.getByRole('button', { name: 'Set up' }).click()
    const secret = page.getByRole('dialog').getByText('I cannot scan it')
    await secret.waitFor()
    const strip = page.getByText('We are setting up your organisation.')
    await strip.waitFor()
    await expectAccessible(page)
    expect(await secret.isVisible()).toBe(true)
    isSettingUp = false
    await strip.waitFor({ state: 'detached' })
    expect(await secret.isVisible()).toBe(true)
    await page.unrouteAll({ behavior: 'wait' })
    await page.context().close()
  })

  it('makes a passkey, signs in with it alone, and as the second factor', async () => {
    const { page, email } = await signUpOnScreen(browser, system())
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.getByLabel('Name of the new passkey').fill('Laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('Laptop').waitFor()

    await leave(page, system())
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL('**/inbox/**')

    await leave(page, system())
    await givePassword(page, system(), email)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.waitForURL('**/inbox/**')
    await visit(page, `${system().url}/settings/security`)
    await page.getByRole('button', { name: 'Remove: Laptop' }).click()
    await page.getByRole('button', { name: 'Remove the passkey' }).click()
    await page.getByRole('button', { name: 'Remove: Laptop' }).waitFor({ state: 'detached' })
    await page.context().close()
  })
}
