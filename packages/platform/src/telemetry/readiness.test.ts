import { expect, it } from 'vitest'
import { createReadiness } from './readiness.ts'

function probe() {
  const world = { isGood: true, clockMs: 0, checks: 0 }
  const readiness = createReadiness(
    async () => {
      world.checks += 1
      return world.isGood
    },
    () => world.clockMs,
  )
  const ask = () => {
    world.clockMs += 1_000
    return readiness.isReady()
  }
  return { world, readiness, ask }
}

it('stays ready through two failed checks and leaves with the third', async () => {
  const { world, ask } = probe()
  expect(await ask()).toBe(true)
  world.isGood = false
  expect([await ask(), await ask(), await ask()]).toEqual([true, true, false])
  world.isGood = true
  expect(await ask()).toBe(true)
})

it('asks the database at most once a second', async () => {
  const { world, readiness, ask } = probe()
  await ask()
  await Promise.all(Array.from({ length: 20 }, () => readiness.isReady()))
  expect(world.checks).toBe(1)
})

it('is not ready before the first good check, nor ever after draining', async () => {
  const { world, readiness, ask } = probe()
  world.isGood = false
  expect(await ask()).toBe(false)
  world.isGood = true
  expect(await ask()).toBe(true)
  readiness.drain()
  expect(await ask()).toBe(false)
})
