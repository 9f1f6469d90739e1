import { type FakeOpenAi, type ModelScript, startFakeOpenAi } from '@ai-crm/testing/fakes/openai-server'
import { eventually } from '@ai-crm/testing/eventually'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '@ai-crm/platform'
import { pino } from 'pino'
import { config } from '../config.ts'
import type { Assignment } from '../drafts/drafter.ts'
import { localDrafter } from '../local-drafter/local-drafter.ts'
import { openAiDrafter } from './openai-drafter.ts'

const API_KEY = 'key-of-the-model-server'
const NOTE = { noteId: '0190a000-0000-7000-8000-000000000001', title: 'Pricing', body: 'It costs 15 EUR. See https://acme.example/pricing.' }

let server: FakeOpenAi
beforeEach(async () => {
  server = await startFakeOpenAi()
})
afterEach(() => server.close())

function drafter(environment: Record<string, string> = {}) {
  const values = readConfig(config, { AI_BASE_URL: server.url, AI_API_KEY: API_KEY, AI_MODEL: 'fake-1', ...environment })
  return openAiDrafter({ ...values, AI_BASE_URL: server.url }, localDrafter, pino({ level: 'silent' }))
}

function assignment(text: string, overrides: Partial<Assignment> = {}): Assignment {
  return {
    thread: {
      subject: 'Prices',
      contactName: 'Ada Lovelace',
      company: 'Analytical Engines',
      messages: [{ direction: 'inbound', text, language: 'en', isAutoReply: false }],
    },
    language: 'en',
    tone: 'neutral',
    length: 'normal',
    organizationName: 'Acme',
    instructions: 'We sell engines.',
    findPassages: async () => [NOTE],
    ...overrides,
  }
}

async function write(text: string, options: { drafter?: ReturnType<typeof drafter>; overrides?: Partial<Assignment>; signal?: AbortSignal } = {}) {
  const shown: string[] = []
  const draft = await (options.drafter ?? drafter()).write(assignment(text, options.overrides), {
    signal: options.signal ?? new AbortController().signal,
    showProgress: (body) => shown.push(body),
  })
  return { draft, shown }
}

it('shows all words that there are while the model pauses', async () => {
  const { promise: go, resolve: writeOn } = Promise.withResolvers<void>()
  server.answerWith({ text: 'Hello Ada, it costs 15 EUR.', waitAfter: 'Hello Ada, '.length, go })
  const shown: string[] = []
  const written = drafter().write(assignment('What does it cost?'), { signal: new AbortController().signal, showProgress: (body) => shown.push(body) })
  await eventually(() => expect(shown.at(-1)).toContain('Ada'))
  writeOn()
  expect((await written).body).toBe('Hello Ada, it costs 15 EUR.')
})

it('takes the model’s words, and tells which model and which notes', async () => {
  server.answerWith({ text: 'Hello Ada, it costs 15 EUR: https://acme.example/pricing.' })
  const { draft } = await write('What does it cost?')
  expect(draft).toEqual({
    body: 'Hello Ada, it costs 15 EUR: https://acme.example/pricing.',
    language: 'en',
    provider: 'openai-compatible',
    model: 'fake-1',
    sources: [{ noteId: NOTE.noteId, title: NOTE.title, excerpt: NOTE.body }],
    remark: null,
  })
  expect(server.prompts).toMatchObject([{ model: 'fake-1', isStreamed: true, hasTools: false, authorization: `Bearer ${API_KEY}` }])
})

it('shows the text as it grows, at most ten times a second', async () => {
  server.answerWith({ text: 'x'.repeat(400), chunkEveryMs: 5 })
  const startedAt = performance.now()
  const { shown } = await write('What does it cost?')
  expect(shown.length).toBeGreaterThan(2)
  expect(shown.length).toBeLessThanOrEqual((performance.now() - startedAt) / 100 + 2)
})

it('gives the model the conversation, the contact, the notes and the organisation’s manners, and no key', async () => {
  await write('What does it cost?')
  const [prompt] = server.prompts
  expect(prompt?.system).toContain('We sell engines.')
  for (const part of ['What does it cost?', 'Ada Lovelace', 'Analytical Engines', NOTE.body]) expect(prompt?.user).toContain(part)
  expect(`${prompt?.system}${prompt?.user}`).not.toContain(API_KEY)
})

describe('a model that fails leaves a local draft that says so', () => {
  const timeouts = { AI_DRAFT_TIMEOUT_MS: '300', AI_IDLE_TIMEOUT_MS: '150' }
  it.each<[string, ModelScript, Record<string, string>, string]>([
    ['answers 500', { status: 500, message: 'boom' }, {}, 'not available'],
    ['answers 401', { status: 401, message: 'wrong key' }, {}, 'refused'],
    ['does not begin in time', { text: 'late', firstChunkAfterMs: 2000 }, timeouts, 'in time'],
    ['falls silent in the middle', { text: 'Hello Ada, it costs', hangAfter: 8 }, timeouts, 'in time'],
    ['never ends', { text: 'x'.repeat(4000), chunkEveryMs: 20 }, timeouts, 'in time'],
    ['breaks off in the middle', { text: 'Hello Ada, it costs', cutAfter: 8 }, {}, 'not available|broke off'],
    ['says nothing', { text: '' }, {}, 'broke off'],
  ])('%s', async (_name, script, environment, remark) => {
    server.answerWith(script)
    const { draft } = await write('What does it cost?', { drafter: drafter(environment) })
    expect(draft.provider).toBe('local')
    expect(draft.body).toContain('It costs 15 EUR.')
    expect(draft.remark).toMatch(new RegExp(remark))
  })

  it('is not reachable', async () => {
    const unreachable = drafter()
    await server.close()
    expect((await write('What does it cost?', { drafter: unreachable })).draft).toMatchObject({
      provider: 'local',
      remark: expect.stringContaining('not available'),
    })
  })
})

it('leaves a failing model alone after five failures in a row, and tries it again later', async () => {
  const one = drafter({ AI_BREAKER_RESET_MS: '200' })
  server.answerWith({ status: 503, message: 'overloaded' })
  for (let attempt = 0; attempt < 5; attempt++) await write('Price?', { drafter: one })
  expect((await write('Price?', { drafter: one })).draft.remark).toContain('left alone')
  expect(server.prompts).toHaveLength(5)

  server.answerWith({ text: 'It costs 15 EUR.' })
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect((await write('Price?', { drafter: one })).draft.provider).toBe('openai-compatible')
})

it('leaves a model alone that fails every second time: half of 20 calls in 10 s', async () => {
  const one = drafter()
  for (let attempt = 0; attempt < 20; attempt++) {
    server.answerWith(attempt % 2 === 0 ? { text: 'It costs 15 EUR.' } : { status: 503, message: 'overloaded' })
    await write('Price?', { drafter: one })
  }
  server.answerWith({ text: 'It costs 15 EUR.' })
  expect((await write('Price?', { drafter: one })).draft).toMatchObject({ provider: 'local', remark: expect.stringContaining('left alone') })
  expect(server.prompts).toHaveLength(20)
})

it('does not take refusals for illness: a wrong key opens no breaker', async () => {
  const one = drafter()
  server.answerWith({ status: 401, message: 'wrong key' })
  for (let attempt = 0; attempt < 7; attempt++) await write('Price?', { drafter: one })
  expect(server.prompts).toHaveLength(7)
})

it('stops, without a draft, when its work is aborted', async () => {
  server.answerWith({ text: 'x'.repeat(4000), chunkEveryMs: 20 })
  await expect(write('Price?', { signal: AbortSignal.timeout(100) })).rejects.toThrow()
})

it('cuts a mail of 100,000 characters to its beginning and its end', async () => {
  await write(`BEGINNING ${'long '.repeat(20_000)} END`)
  const prompt = server.prompts[0]?.user ?? ''
  expect(prompt.length).toBeLessThan(15_000)
  expect(prompt).toContain('BEGINNING')
  expect(prompt).toContain('END')
})
