import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }
const FILE = 'Имя;Почта;Компания\nАнна Ковалёва;anna@import.example;Север\nПётр Иванов;petr@import.example;Север\nБез почты;не почта;\n'

/** An import in Chromium: a file is read by itself, checked, mended in place, imported, and taken back. */
export function importOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('reads a file, says what would happen, imports it with a value mended in place, and takes it back', async () => {
    const owner = await signUp(system(), 'Import & Co')
    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    const names = async () => (await owner.client.crm.listContacts({ query: { sort: 'name', direction: 'asc' } })).items.map(({ name }) => name)
    await visit(page, `${system().url}/contacts`)
    await page.getByRole('link', { name: 'Import contacts' }).click()
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
    await page.getByText(/anna@import.example/).waitFor(SOON)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByLabel(/не почта/).fill('bez@import.example')
    expect(await page.getByRole('button', { name: 'Import 2 contacts' }).isDisabled()).toBe(true)
    // Whoever looks at something else meanwhile finds what was mended again.
    const url = page.url()
    await visit(page, `${system().url}/companies`)
    await page.getByRole('heading', { name: 'Companies', level: 1 }).waitFor()
    await visit(page, url)
    expect(await page.getByLabel(/не почта/).inputValue()).toBe('bez@import.example')
    await page.getByLabel(/не почта/).press('Enter')
    await page.getByRole('button', { name: 'Import 3 contacts' }).click(SOON)
    await page.getByText('What was imported').waitFor(SOON)
    await expectAccessible(page)
    expect(await names()).toEqual(['Анна Ковалёва', 'Без почты', 'Пётр Иванов'])
    await owner.client.crm.createContact({ body: { name: 'Not in the file' }, idempotencyKey: crypto.randomUUID() })
    await page.getByRole('link', { name: 'Show contacts' }).click()
    await page.getByText('From import people.csv').waitFor(SOON)
    await page.getByRole('grid').getByText('Без почты').waitFor()
    await page.getByText('3 records').waitFor()
    await expectAccessible(page)
    expect(await page.getByText('Not in the file').count()).toBe(0)
    await page.getByRole('button', { name: /From import people.csv/ }).click()
    await page.getByRole('grid').getByText('Not in the file').waitFor()
    await visit(page, url)
    await page.getByRole('button', { name: 'Take the import back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take the import back' }).click()
    await expect.poll(names).toEqual(['Not in the file'])
    await page.getByRole('heading', { name: 'The import was taken back' }).waitFor(SOON)
    expect(complaints).toEqual([])
  })

  it('knows by its columns that a file holds deals, and imports them with their companies', async () => {
    const owner = await signUp(system(), 'Deals & Co')
    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    await visit(page, `${system().url}/import`)
    const file = 'Название сделки;Бюджет;Этап сделки;Компания\nТурбины;5000;Переговоры;Север\nНасосы;700;Успешно реализовано;Север\n'
    await page.locator('input[type=file]').setInputFiles({ name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await page.getByLabel('The file holds').waitFor(SOON)
    expect(await page.getByLabel('The file holds').inputValue()).toBe('deal')
    await page.getByLabel('Amounts without a currency are in').selectOption('RUB')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('button', { name: 'Import 2 deals' }).click(SOON)
    await page.getByText('What was imported').waitFor(SOON)
    const { items } = await owner.client.crm.listDeals({ query: { sort: 'title', direction: 'asc' } })
    expect(items.map(({ title, stage, amountMinor, companyName }) => [title, stage, amountMinor, companyName])).toEqual([
      ['Насосы', 'won', 70_000, 'Север'],
      ['Турбины', 'negotiation', 500_000, 'Север'],
    ])
    expect(complaints).toEqual([])
  })
}
