import { expect, it } from 'vitest'
import { clientNetwork } from './client-network.ts'

it.each([
  ['192.0.2.7', '192.0.2.7/32'],
  ['::ffff:192.0.2.7', '192.0.2.7/32'],
  ['2001:db8::1', '2001:db8::1/64'],
  ['fe80::1%eth0', 'fe80::1/64'],
  ['not an address', '0.0.0.0/32'],
])('counts %s as %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network)
})
