import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { clientAddressOf, countedAddress } from './client-address.ts'

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::ffff', '2001:db8:1:2::/64'],
  ['not an address', 'unknown'],
])('counts %s as %s', (address, counted) => {
  expect(countedAddress(address)).toBe(counted)
})

it.each([
  [0, '127.0.0.1'],
  [1, '3.3.3.3'],
  [2, '2.2.2.2'],
  [9, '1.1.1.1'],
])('believes as many hops as are trusted: %i', (hops, address) => {
  const request = new IncomingMessage(new Socket())
  Object.defineProperty(request.socket, 'remoteAddress', { value: '127.0.0.1' })
  request.headers['x-forwarded-for'] = '1.1.1.1, 2.2.2.2, 3.3.3.3'
  expect(clientAddressOf(request, hops)).toBe(address)
})
