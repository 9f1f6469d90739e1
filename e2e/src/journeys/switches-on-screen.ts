import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { sendMail, signInToDemo, stranger, type Colleague } from '../people.ts'
import { until } from '../processes.ts'
import { DEMO, type RunningSystem } from '../system.ts'

/** The kill switches, as the operator (here the demo owner), a colleague and a stranger see them. */
export function switchesOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(async () => {
    const operator = await signInToDemo(system())
    // Other journeys go on with this system.
    for (const flag of ['outbound-sends', 'sign-up']) await switchOn(operator, flag)
    await operator.client.auth.setOrganizationFlag({ params: { flag: 'ai-drafts' }, body: { isOn: null } })
    await closePages(browser)
  })

  it('stops sending for everybody within seconds, in sight of whoever works, and lets go what waited', { timeout: 180_000 }, async () => {
    const operator = await signInToDemo(system())
    const from = `switch-${crypto.randomUUID()}@example.com`
    await sendMail(system(), { from, to: DEMO.inbound, subject: 'A question about switches', text: 'Hello, what does it cost?' })
    const id = await until('the conversation', async () => {
      const { items } = await operator.client.messaging.listConversations({ query: { folder: 'all' } })
      return items.find(({ party }) => party.address === from)?.id
    })
    const desk = await openSignedIn(browser, system())
    await visit(desk.page, `${system().url}/inbox/all/${id}`)
    await desk.page.getByRole('heading', { name: 'A question about switches' }).waitFor()

    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/settings/switches`)
    await decide(page, 'Sending to customers', 'kill', 'The relay is being listed')
    await page.locator('[data-installation-flag="outbound-sends"]').getByText('Off for everybody').waitFor()
    await page.getByRole('list', { name: 'What was changed for everybody' }).getByText('The relay is being listed').first().waitFor()
    await expectAccessible(page)

    // Nobody reloaded the colleague's page.
    await desk.page.getByText('Sending is paused', { exact: true }).waitFor()
    await desk.page.getByRole('button', { name: /^Reply to/ }).click()
    await desk.page.getByRole('textbox', { name: 'Reply', exact: true }).fill('It costs ten euro.')
    await desk.page.keyboard.press('Control+Enter')
    await desk.page.getByText('waits: sending is paused').waitFor()
    await expectAccessible(desk.page)
    const stateOf = async () =>
      (await operator.client.messaging.listMessages({ params: { conversationId: id }, query: {} })).items.find(({ text }) => text === 'It costs ten euro.')
        ?.state
    expect(await stateOf()).toBe('queued')

    await decide(page, 'Sending to customers', 'default', 'Delisted')
    await desk.page.locator('[data-state="sent"]').first().waitFor()
    await desk.page.getByText('Sending is paused', { exact: true }).waitFor({ state: 'detached' })
    expect(await stateOf()).toBe('sent')
    // A busy machine sheds a read now and then; the page asks again by itself.
    expect([...complaints, ...desk.complaints].filter((line) => !line.includes('status of 503'))).toEqual([])
    await page.context().close()
    await desk.page.context().close()
  })

  it('switches AI drafts off for one organisation, and says so where a draft would be asked for', async () => {
    const { page } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/settings/switches`)
    await page.getByRole('switch', { name: 'AI drafts' }).click()
    await page.getByText('AI drafts: switched off for your organisation.').waitFor()
    const operator = await signInToDemo(system())
    const from = `draftless-${crypto.randomUUID()}@example.com`
    await sendMail(system(), { from, to: DEMO.inbound, subject: 'No draft for this one', text: 'Hello, do you deliver?' })
    const id = await until('the conversation', async () => {
      const { items } = await operator.client.messaging.listConversations({ query: { folder: 'all' } })
      return items.find(({ party }) => party.address === from)?.id
    })
    await visit(page, `${system().url}/inbox/all/${id}`)
    await page.getByText('AI drafts are switched off', { exact: true }).waitFor()
    await expectAccessible(page)
    await visit(page, `${system().url}/settings/switches`)
    await page.getByRole('switch', { name: 'AI drafts' }).click()
    await page.getByText('AI drafts: on again.').waitFor()
    await page.context().close()
  })

  it('lets an operator switch something off for one organisation, with a reason that stays', async () => {
    const { page, complaints } = await openSignedIn(browser, system())
    const { client } = await signInToDemo(system())
    const { slug } = await client.auth.getOrganization()
    await visit(page, `${system().url}/settings/switches`)
    await page.getByRole('button', { name: 'Except for… Webhooks' }).click()
    const dialog = page.getByRole('dialog', { name: 'Webhooks: for single organisations' })
    await dialog.getByRole('textbox', { name: 'Organisation' }).fill('no-such-name')
    await page.keyboard.press('Enter')
    await dialog.getByText('There is no organisation of this mail name.').waitFor()
    await expectAccessible(page)
    await exceptOrganization(page, slug, 'off', 'It floods a receiver')
    await page.getByText('Off for your organisation').first().waitFor()
    await page.getByRole('list', { name: 'What was changed for everybody' }).getByText('It floods a receiver').waitFor()
    await page.getByRole('button', { name: 'Except for… Webhooks' }).click()
    await page.getByRole('button', { name: `Change: ${slug}` }).waitFor()
    await expectAccessible(page)
    await exceptOrganization(page, slug, 'follow', 'They mended it')
    await page.getByText('Off for your organisation').waitFor({ state: 'detached' })
    // The answer to a name that there is not.
    expect(complaints.filter((line) => !line.includes('status of 404') && !line.includes('status of 503'))).toEqual([])
    await page.context().close()
  })

  it('closes the door to strangers, and opens it again', async () => {
    const { page } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/settings/switches`)
    await decide(page, 'Sign-up', 'kill', 'Robots')
    await page.locator('[data-installation-flag="sign-up"]').getByText('Off for everybody').waitFor()
    await untilDoor(system(), false)
    const outside = await (await browser.newContext({ locale: 'en-US' })).newPage()
    await outside.goto(`${system().url}/sign-up`)
    await outside.getByText('Sign-up is closed at the moment').waitFor()
    await expectAccessible(outside)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('New organisation')
    await page.getByRole('option', { name: 'New organisation…' }).click()
    await page.getByText('New organisations cannot be founded at the moment').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await decide(page, 'Sign-up', 'default', 'The robots are gone')
    await untilDoor(system(), true)
    await Promise.all([outside.waitForResponse('**/api/v1/auth/sign-up'), outside.reload()])
    await outside.getByLabel('Organisation').waitFor()
    await outside.context().close()
    await page.context().close()
  })
}

async function decide(page: Page, name: string, decision: 'default' | 'kill', reason: string): Promise<void> {
  await page.getByRole('button', { name: `Change: ${name}` }).click()
  await page.getByLabel('From now on').selectOption(decision)
  await page.getByLabel('Reason').fill(reason)
  await page.keyboard.press('Enter')
  await page.getByText(`${name}: changed for everybody.`).first().waitFor()
}

/** Every process hears of it within seconds. */
const untilDoor = (system: RunningSystem, isOpen: boolean): Promise<unknown> =>
  until(`a door that is ${isOpen ? 'open' : 'closed'}`, async () => ((await stranger(system).auth.getSignUpState()).isOpen === isOpen ? true : undefined))

async function exceptOrganization(page: Page, slug: string, decision: 'follow' | 'off', reason: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Organisation' }).fill(slug)
  await page.keyboard.press('Enter')
  await dialog.getByLabel('From now on').selectOption(decision)
  await dialog.getByLabel('Reason').fill(reason)
  await page.keyboard.press('Enter')
  await page.getByText(`Changed for ${slug}.`).first().waitFor()
  await page.keyboard.press('Escape')
}

async function switchOn({ client }: Colleague, flag: string): Promise<void> {
  const found = (await client.auth.listInstallationFlags()).items.find(({ key }) => key === flag)
  if (!found?.isKilled) return
  await client.auth.setInstallationFlag({ params: { flag }, body: { isKilled: false, percentage: null, reason: 'End of the journey' }, ifMatch: found.version })
}
