import type { Browser } from 'playwright-core'
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

/** Every page in both themes and languages, wide and on a phone: nothing for axe, nothing on the console. */
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
  ] as const)('is accessible on every page: $theme, $locale, $width px', { timeout: 900_000 }, async ({ theme, locale, width }) => {
    const { page, complaints } = await signInOnScreen(browser, system(), { colorScheme: theme, locale, viewport: { width, height: 844 } })
    for (const path of PAGES) {
      await page.goto(system().url + path)
      await page.getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      await expectAccessible(page)
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
