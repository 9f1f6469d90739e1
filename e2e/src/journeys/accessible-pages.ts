import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, signInOnScreen, startBrowser } from '../browser.ts'
import type { RunningSystem } from '../system.ts'

const PAGES = [
  '/inbox/open',
  '/contacts',
  '/companies',
  '/deals',
  '/deals/board',
  '/deals/forecast',
  '/tasks',
  '/import',
  '/duplicates',
  '/settings/profile',
  '/settings/security',
  '/settings/pipelines',
  '/settings/currencies',
  '/settings/fields',
  '/settings/tags',
  '/settings/trash',
  '/settings/channels',
  '/settings/local-mailbox',
  '/settings/ai',
  '/settings/members',
  '/settings/teams',
  '/settings/organization',
  '/settings/invitations',
  '/settings/roles',
  '/settings/sessions',
  '/settings/security-log',
  '/settings/api-keys',
  '/settings/webhooks',
  '/settings/switches',
  '/settings/single-sign-on',
]

/** The button behind which everybody finds the way out: the organisation's name, or "more" on a phone. */
const MENUS = { wide: 'Demo', phone: 'Ещё' } as const

/** Every page in both themes and languages, wide and on a phone: nothing for axe, nothing on the console, nothing beside the screen. */
export function accessiblePages(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  // Side by side: a page waits for its network to be silent most of the time.
  it.concurrent.each([
    { theme: 'light', locale: 'ru-RU', width: 1440 },
    { theme: 'dark', locale: 'en-US', width: 1440 },
    { theme: 'dark', locale: 'ru-RU', width: 390 },
  ] as const)('is accessible on every page, with the way out in sight: $theme, $locale, $width px', { timeout: 900_000 }, async ({ theme, locale, width }) => {
    const { page, complaints } = await signInOnScreen(browser, system(), { colorScheme: theme, locale, viewport: { width, height: 844 } })
    await page.evaluate((chosen) => localStorage.setItem('ai-crm.locale', chosen), locale.slice(0, 2))
    const menu = page.getByRole('button', { name: width < 768 ? MENUS.phone : MENUS.wide, exact: true })
    for (const path of PAGES) {
      await page.goto(system().url + path)
      await page.getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      await expectAccessible(page)
      expect(await menu.isVisible(), path).toBe(true)
      expect(await beyondTheScreen(page), path).toEqual({ width: 0, height: 0 })
    }
    await menu.click()
    await page.getByRole('menuitem', { name: /^(Sign out|Выйти)/ }).click()
    await page.waitForURL('**/sign-in')
    expect(complaints).toEqual([])
    await page.context().close()
  })
}

/** Pages scroll in themselves: beside and below the window there is nothing. */
const beyondTheScreen = (page: Page): Promise<unknown> =>
  page.evaluate(`({
    width: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    height: Math.max(0, document.documentElement.scrollHeight - innerHeight),
  })`)
