import { startFakeOpenAi, type FakeOpenAi } from '@ai-crm/testing/fakes/openai-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closePages, signInOnScreen, startBrowser } from './browser.ts'
import { sendMail, signInToDemo } from './people.ts'
import { until } from './processes.ts'
import { DEMO, startEmbeddedSystem, type RunningSystem } from './system.ts'

const BEGINNING = 'Hello Nina,'

describe('with an OpenAI-compatible server', () => {
  const { promise: go, resolve: writeOn } = Promise.withResolvers<void>()
  let model: FakeOpenAi
  let system: RunningSystem
  beforeAll(async () => {
    model = await startFakeOpenAi({ text: `${BEGINNING}\n\nthe Team plan costs 12 euros per person.\n\nDemo`, waitAfter: BEGINNING.length, go })
    system = await startEmbeddedSystem({ AI_BASE_URL: model.url, AI_MODEL: 'fake', AI_API_KEY: 'a-key-of-the-journey' })
  })
  afterAll(async () => {
    await system?.stop()
    await model?.close()
  })

  it('shows the draft while the model writes it, names the model, and keeps the key to itself', async () => {
    const browser = await startBrowser()
    const { page } = await signInOnScreen(browser, system)
    await page.locator('[data-live=live]').waitFor()
    await sendMail(system, { from: 'Nina <nina@example.org>', to: DEMO.inbound, subject: 'Price', text: 'What does the Team plan cost?' })
    await page.getByRole('link', { name: /Nina/ }).click()
    await page.locator('[data-draft=writing]').getByText(BEGINNING).waitFor()
    expect(await page.content()).not.toContain('local drafter')
    writeOn()
    await page.locator('[data-draft=waiting]').getByText('12 euros per person').waitFor()
    expect(await page.content()).not.toContain('local drafter')
    await closePages(browser)
    expect(model.prompts[0]).toMatchObject({ model: 'fake', isStreamed: true, hasTools: false, authorization: 'Bearer a-key-of-the-journey' })
    expect(model.prompts[0]?.user).toContain('What does the Team plan cost?')
    expect(system.output()).not.toContain('a-key-of-the-journey')
  })

  it('writes locally, and says so, while the model fails', async () => {
    model.answerWith({ status: 500, message: 'overloaded' })
    await sendMail(system, { from: 'Oleg <oleg@example.org>', to: DEMO.inbound, subject: 'Demo', text: 'Can I see a demo?' })
    const { client } = await signInToDemo(system)
    const draft = await until('a draft in spite of the failure', async () => {
      const { items } = await client.ai.listDrafts({ query: { status: 'waiting' } })
      return items.find(({ provider }) => provider === 'local')
    })
    expect(draft.reason).not.toBeNull()
  })
})
