import type { FlagSnapshot } from '@ai-crm/contracts'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import { createMemoryAdapters } from '../cache/volatile-adapters.ts'
import { FlagStore } from './flag-store.ts'
import { createFlags } from './flags.ts'

const log = pino({ level: 'silent' })
const organizationId = '0193a1b2-0000-7000-8000-000000000001'
const stopping: { stop(): Promise<void> }[] = []
afterAll(() => Promise.all(stopping.map((each) => each.stop())))

/** Another process of the installation: it has what the store says, and is away when told so. */
function createSource() {
  const source = {
    isAway: false,
    version: 0,
    isKilled: false,
    asked: [] as number[],
    /** The switch as it is from now on. */
    set(isKilled: boolean) {
      source.isKilled = isKilled
      source.version += 1
    },
    async ask(after: number): Promise<FlagSnapshot | null> {
      source.asked.push(after)
      if (source.isAway) throw new Error('away')
      if (after === source.version) return null
      const settings = [{ flag: 'ai-drafts', isKilled: source.isKilled, percentage: null }]
      return { version: source.version, isWhole: after === 0, hasMore: false, settings, overrides: [] }
    },
  }
  return source
}

async function startProcess(source: ReturnType<typeof createSource>, carriers = createMemoryAdapters(log), pollMs = 60_000) {
  const store = new FlagStore({ ...carriers, log, pollMs })
  const flags = await createFlags(store)
  await store.start((after) => source.ask(after))
  stopping.push(flags)
  return { flags, store, carriers, isOn: () => flags.of(organizationId).isOn('ai-drafts') }
}

it('knows what the store says before work begins', async () => {
  const source = createSource()
  source.set(true)
  const { isOn, flags } = await startProcess(source)
  expect(await isOn()).toBe(false)
  expect(flags.isKilled('ai-drafts')).toBe(true)
})

it('hears of a change by asking, whether or not anybody announces it', async () => {
  const source = createSource()
  const { isOn } = await startProcess(source, createMemoryAdapters(log), 5)
  expect(await isOn()).toBe(true)
  source.set(true)
  await expect.poll(isOn).toBe(false)
})

it('asks at once, in every process, when a change is announced', async () => {
  const source = createSource()
  const carriers = createMemoryAdapters(log)
  const [one, other] = [await startProcess(source, carriers), await startProcess(source, carriers)]
  source.set(true)
  one.flags.of(null).announceChange()
  await expect.poll(other.isOn).toBe(false)
  await expect.poll(one.isOn).toBe(false)
})

it('keeps to what was known last while the store is away, and follows it again afterwards', async () => {
  const source = createSource()
  source.set(true)
  const { isOn } = await startProcess(source, createMemoryAdapters(log), 5)
  source.isAway = true
  const asked = source.asked.length
  await expect.poll(() => source.asked.length).toBeGreaterThan(asked + 3)
  expect(await isOn()).toBe(false)
  source.set(false)
  source.isAway = false
  await expect.poll(isOn).toBe(true)
})

it('starts with what any process has known last when the store is away, then asks for everything', async () => {
  const source = createSource()
  source.set(true)
  const carriers = createMemoryAdapters(log)
  await startProcess(source, carriers)
  source.isAway = true
  const later = await startProcess(source, carriers, 5)
  expect(await later.isOn()).toBe(false)
  source.asked.length = 0
  source.isAway = false
  await expect.poll(() => source.asked).toContain(1)
  expect(source.asked[0]).toBe(0)
})

it('goes by the code when neither store nor cache can be asked', async () => {
  const source = createSource()
  source.set(true)
  source.isAway = true
  const { isOn } = await startProcess(source)
  expect(await isOn()).toBe(true)
})

it('answers a unit of work the same for as long as it lasts, unless it asks anew before an effect', async () => {
  const source = createSource()
  const { flags } = await startProcess(source, createMemoryAdapters(log), 5)
  const unit = flags.of(organizationId)
  expect(await unit.isOn('ai-drafts')).toBe(true)
  source.set(true)
  await expect.poll(() => flags.isKilled('ai-drafts')).toBe(true)
  expect(await unit.isOn('ai-drafts')).toBe(true)
  expect(await unit.isStillOn('ai-drafts')).toBe(false)
  expect(await flags.of(organizationId).isOn('ai-drafts')).toBe(false)
})

it('asks on until nothing is left to hear', async () => {
  const pages: FlagSnapshot[] = [3, 6, 7].map((version) => ({
    version,
    isWhole: version === 3,
    hasMore: version < 7,
    settings: [],
    overrides: [{ flag: 'ai-drafts', organizationId: organizationId.replace(/1$/, String(version)), isOn: false }],
  }))
  const store = new FlagStore({ ...createMemoryAdapters(log), log })
  stopping.push(store)
  await store.start(async () => pages.shift() ?? null)
  expect(store.known.version).toBe(7)
  expect(store.known.overrides.get('ai-drafts')?.size).toBe(3)
})
