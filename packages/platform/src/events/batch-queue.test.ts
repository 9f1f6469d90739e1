import { expect, it } from 'vitest'
import { BatchQueue } from './batch-queue.ts'

const done = (batch: readonly unknown[]) => batch.map((): PromiseSettledResult<void> => ({ status: 'fulfilled', value: undefined }))

it('hands one item over at once and what came meanwhile together, in order', async () => {
  const batches: number[][] = []
  const release: (() => void)[] = []
  const queue = new BatchQueue<number>(3, async (batch) => {
    batches.push([...batch])
    await new Promise<void>((resolve) => release.push(resolve))
    return done(batch)
  })
  const items = [1, 2, 3, 4, 5].map((item) => queue.add('a', item))
  expect(batches).toEqual([[1]])
  release.shift()?.()
  await items[0]
  await Promise.resolve()
  expect(batches).toEqual([[1], [2, 3, 4]])
  release.shift()?.()
  await items[3]
  release.shift()?.()
  await Promise.all(items)
  expect(batches).toEqual([[1], [2, 3, 4], [5]])
})

it('lets no key wait for another', async () => {
  const begun: string[] = []
  const queue = new BatchQueue<string>(10, async (batch) => {
    begun.push(...batch)
    if (batch[0] === 'slow') await new Promise(() => {})
    return done(batch)
  })
  void queue.add('a', 'slow')
  await queue.add('b', 'quick')
  expect(begun).toEqual(['slow', 'quick'])
})

it('tells each item its own outcome, and all of a batch its failure', async () => {
  const queue = new BatchQueue<string>(10, async (batch) => {
    if (batch.includes('broken')) throw new Error('away')
    return batch.map((item) => (item === 'bad' ? { status: 'rejected', reason: new Error(item) } : { status: 'fulfilled', value: undefined }))
  })
  const outcomes = await Promise.allSettled(['first', 'good', 'bad'].map((item) => queue.add('a', item)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  await expect(queue.add('a', 'broken')).rejects.toThrow('away')
  await queue.add('a', 'after')
})
