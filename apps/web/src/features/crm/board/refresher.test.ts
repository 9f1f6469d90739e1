import { expect, it } from 'vitest'
import { makeRefresher } from './refresher.ts'

/** A clock that rings when it is told to. */
function clock() {
  const tasks: (() => void)[] = []
  return {
    wait: (task: () => void) => (tasks.push(task), () => void tasks.splice(tasks.indexOf(task), 1)),
    ring: () => tasks.splice(0).forEach((task) => task()),
  }
}
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

it('looks once for everything that is heard in a burst, and again for what is heard meanwhile', async () => {
  const { wait, ring } = clock()
  const runs: string[][] = []
  let finish: () => void = () => undefined
  const refresher = makeRefresher((ids) => {
    runs.push([...ids])
    return new Promise((resolve) => (finish = resolve))
  }, wait)
  refresher.hear(['a'])
  refresher.hear(['b', 'a'])
  ring()
  expect(runs).toEqual([['a', 'b']])
  refresher.hear(['c'])
  ring()
  expect(runs).toHaveLength(1)
  finish()
  await settled()
  ring()
  expect(runs).toEqual([['a', 'b'], ['c']])
})

it('looks at nothing while a card is on its way, and at all of it afterwards', async () => {
  const { wait, ring } = clock()
  const runs: string[][] = []
  const refresher = makeRefresher(async (ids) => void runs.push([...ids]), wait)
  refresher.hold()
  refresher.hear(['a'])
  refresher.hold()
  refresher.release()
  ring()
  expect(runs).toEqual([])
  refresher.release()
  ring()
  expect(runs).toEqual([['a']])
})

it('does not forget what it could not ask', async () => {
  const { wait, ring } = clock()
  const runs: string[][] = []
  const refresher = makeRefresher(async (ids) => {
    runs.push([...ids])
    if (runs.length === 1) throw new Error('unreachable')
  }, wait)
  refresher.hear(['a'])
  ring()
  await settled()
  refresher.hear(['b'])
  ring()
  expect(runs).toEqual([['a'], ['a', 'b']])
})
