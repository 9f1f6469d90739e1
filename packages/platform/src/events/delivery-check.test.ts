import { expect, it } from 'vitest'
import { checkDeliveries } from './delivery-check.ts'

const published = new Map([
  ['a', 3],
  ['b', 1],
])
const log = (text: string) => text.split(' ').map((entry) => ({ aggregateId: entry.slice(0, 1), step: Number(entry.slice(1)) }))

it('finds nothing in a delivery in order', () => {
  expect(checkDeliveries(published, log('a1 b1 a2 a3'))).toEqual({ lost: [], outOfOrder: [], repeats: 0 })
})
it('allows repeats of what came before', () => {
  expect(checkDeliveries(published, log('a1 a2 a1 a2 b1 a3'))).toEqual({ lost: [], outOfOrder: [], repeats: 2 })
})
it('names what is lost', () => {
  expect(checkDeliveries(published, log('a1 a2 a3')).lost).toEqual(['b#1'])
})
it('names what overtook', () => {
  expect(checkDeliveries(published, log('a1 a3 a2 b1')).outOfOrder).toEqual(['a#3'])
})
