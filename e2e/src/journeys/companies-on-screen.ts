import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, settled, signInOnScreen, startBrowser, visit } from '../browser.ts'
import { sendMail, signInToDemo } from '../people.ts'
import { DEMO, type RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Companies in Chromium: made and walked through by keyboard, joined by whoever writes, linked from a contact. */
export function companiesOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('makes a company by keyboard, and shows live who writes from its domain', async () => {
    const { page, complaints } = await signInOnScreen(browser, system())
    const mark = crypto.randomUUID().slice(0, 8)
    const [name, domain, person] = [`Acme ${mark}`, `acme-${mark}.example`, `Ada ${mark}`]
    await page.getByRole('link', { name: 'Companies' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.getByRole('heading', { name: 'Companies', level: 1 }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog', { name: 'Create company' }).waitFor()
    await page.keyboard.type(name)
    await page.keyboard.press('Tab')
    await page.keyboard.type('gmail.com')
    await page.keyboard.press('Enter')
    await page
      .getByText(/cannot be a company’s domain/)
      .first()
      .waitFor()
    await page.getByLabel('Domains').fill(`https://www.${domain}/`)
    await page.keyboard.press('Enter')

    const panel = page.getByRole('complementary', { name })
    await panel.getByRole('button', { name: `Change Domains: ${domain}` }).waitFor()
    await panel.getByText(/^Nobody yet/).waitFor()
    await expectAccessible(page)
    await sendMail(system(), { from: `${person} <ada@mail.${domain}>`, to: DEMO.inbound, subject: 'An order', text: 'Three turbines, please.' })
    await panel
      .getByRole('list', { name: 'People' })
      .getByRole('link', { name: new RegExp(person) })
      .waitFor(SOON)
    await panel.getByRole('list', { name: 'Timeline' }).getByText('Three turbines, please.', { exact: true }).waitFor(SOON)

    // The first Enter opens beside the list, the second one the page; J takes the panel along.
    await visit(page, `${system().url}/companies?q=${mark}`)
    await page.getByRole('link', { name: new RegExp(name) }).waitFor()
    await settled(page)
    await page.keyboard.press('j')
    await page.locator('[role=row][data-selected]').waitFor()
    await page.keyboard.press('Enter')
    await panel.waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await panel.waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.getByRole('button', { name: /^Change Industry/ }).click()
    await page.keyboard.type('Turbines')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Change Industry: Turbines' }).waitFor()
    await expectAccessible(page)
    expect(complaints.filter((text) => !/status of 422/.test(text))).toEqual([])
    await page.context().close()
  })

  it('makes a company of what stands at a contact, finds it in the palette, and lets go of it when it is deleted', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const company = `Beta ${mark}`
    const { id } = await client.crm.createContact({ body: { name: `Eva ${mark}`, company }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/contacts/${id}`)
    await page.getByRole('button', { name: `Change Company: ${company}` }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Company' }).waitFor()
    // Chosen once it is known to be new: before that Enter takes nothing.
    await page.getByRole('option', { name: `Create “${company}”`, selected: true }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    const link = page.getByRole('link', { name: company })
    await link.waitFor()
    expect(await client.crm.getContact({ params: { contactId: id } })).toMatchObject({ company, companyId: expect.any(String) })

    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill(mark)
    await page
      .getByRole('option', { name: new RegExp(company) })
      .first()
      .click()
    await page.getByRole('heading', { name: company, level: 1 }).waitFor()
    await page.getByRole('link', { name: new RegExp(`Eva ${mark}`) }).waitFor()

    await page.getByRole('button', { name: 'Delete company' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete company' }).click()
    await page.getByText(`${company} will be deleted.`).waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByText('The company stays.').waitFor()
    const [kept] = (await client.crm.listCompanies({ query: { search: mark } })).items
    await client.crm.deleteCompany({ params: { companyId: kept?.id ?? '' } })
    await visit(page, `${system().url}/contacts/${id}`)
    await link.waitFor({ state: 'detached', ...SOON })
    await page.getByText(company, { exact: true }).waitFor()
    // The page still had the link to it, and asked once.
    expect(complaints.filter((text) => !/status of 404.*\/companies\//.test(text))).toEqual([])
    await page.context().close()
  })
}
