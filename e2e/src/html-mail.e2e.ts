/**
 * HTML mail in real Chromium (reliability C1). `npm run test:xss` tries 50,000 mutations, the usual run 2,000.
 *
 * Two walls stand one behind the other, so each is tried alone: what the sanitiser leaves is put into a frame that may run
 * scripts, is of our origin and has no policy; what it was given is put, as it is, into the frame that the product uses.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from './browser.ts'
import { bodyOf, documentOf, HOSTILE_VECTORS, hostileMutations } from './html-mail/hostile-mails.ts'
import { openHost, type Misdeeds } from './html-mail/watch-frames.ts'

const MUTATIONS = Number(process.env['XSS_MUTATIONS'] ?? 2_000)
const PER_FRAME = 25
const FRAMES = 70
/** The viewer's two frames (apps/web: message-html.tsx): what people see, and the unseen twin that is measured. */
const VIEWER = 'allow-popups allow-popups-to-escape-sandbox'
const TWIN = 'allow-same-origin'
const NO_WALL = 'allow-scripts allow-same-origin allow-popups allow-modals allow-forms allow-top-navigation'
const GOOD: Misdeeds = { scriptRuns: 0, requests: [], navigations: [], popups: 0, damage: [] }

const lots = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, lot) => items.slice(lot * size, (lot + 1) * size))

let browser: Browser
let host: Awaited<ReturnType<typeof openHost>>
beforeAll(async () => {
  browser = await startBrowser()
  host = await openHost(browser)
})
afterAll(async () => {
  host?.close()
  await browser?.close()
})

it('the alarms work: without any wall the vectors run, call out and navigate', async () => {
  // Some of them are enough, and on a busy machine not the first ones: without a wall each costs the browser a storm of navigations.
  const seen = { scriptRuns: 0, requests: 0 }
  for (const lot of lots(HOSTILE_VECTORS, FRAMES)) {
    const { scriptRuns, requests } = await host.watch({ documents: lot, sandbox: 'allow-scripts', isProvoked: false })
    seen.scriptRuns += scriptRuns
    seen.requests += requests.length
    if (seen.scriptRuns > 10 && seen.requests > 10) break
  }
  expect(seen.scriptRuns).toBeGreaterThan(10)
  expect(seen.requests).toBeGreaterThan(10)
  const clobbered = await host.watch({ documents: ['<a id=x href="javascript:1">x</a><p style="position:fixed">'], sandbox: NO_WALL, isProvoked: true })
  expect(clobbered.damage).toHaveLength(3)
})

describe('the sanitiser alone', () => {
  it('leaves nothing of the vectors that runs, loads, navigates or gives itself a name', async () => {
    for (const lot of lots(HOSTILE_VECTORS, FRAMES))
      expect(await host.watch({ documents: lot.map((html) => bodyOf(documentOf(html))), sandbox: NO_WALL, isProvoked: true })).toEqual(GOOD)
  })

  it(
    `leaves nothing of ${MUTATIONS} mutations`,
    async () => {
      const seed = Math.floor(Math.random() * 2 ** 31)
      for (const lot of lots(hostileMutations(MUTATIONS, seed), PER_FRAME * FRAMES)) {
        const documents = lots(lot, PER_FRAME).map((mutations) => mutations.map((html) => bodyOf(documentOf(html))).join('<hr>'))
        expect(await host.watch({ documents, sandbox: NO_WALL, isProvoked: true }), `seed ${seed}`).toEqual(GOOD)
      }
    },
    60 * 60_000,
  )
})

describe('the frame alone', () => {
  it.each([
    ['that is seen', VIEWER],
    ['that is measured', TWIN],
  ])('%s runs, loads and navigates nothing of vectors that nobody sanitised', async (_name, sandbox) => {
    const [head] = documentOf('').split('<body>')
    for (const lot of lots(HOSTILE_VECTORS, FRAMES)) {
      // A refresh or a policy of the mail's own cannot be undone by a policy: those the sanitiser alone takes out.
      const documents = lot.filter((html) => !html.includes('http-equiv=refresh')).map((html) => `${head}<body>${html}</body></html>`)
      expect(await host.watch({ documents, sandbox, isProvoked: false })).toEqual(GOOD)
    }
  })
})

it('both together: every vector as the product shows it', async () => {
  for (const lot of lots(HOSTILE_VECTORS, FRAMES))
    expect(await host.watch({ documents: lot.map(documentOf), sandbox: VIEWER, isProvoked: false })).toEqual(GOOD)
})
