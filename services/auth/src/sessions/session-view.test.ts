import { expect, it } from 'vitest'
import { deviceOf, placeOf } from './session-view.ts'

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0', { browser: 'Firefox', system: 'Windows', kind: 'desktop' }],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    { browser: 'Safari', system: 'iOS', kind: 'mobile' },
  ],
  ['', { browser: null, system: null, kind: 'other' }],
  ['🤖'.repeat(100), { browser: null, system: null, kind: 'other' }],
])('recognises %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toEqual(device)
})

it.each([
  ['127.0.0.1', 'this-computer'],
  ['::1', 'this-computer'],
  ['::ffff:10.1.2.3', 'private'],
  ['192.168.1.4', 'private'],
  ['203.0.113.9', 'private'],
  ['8.8.8.8', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['nonsense', 'unknown'],
  [null, 'unknown'],
])('says of %s no more than %s', (address, network) => {
  expect(placeOf(address)).toEqual({ address, network })
})
