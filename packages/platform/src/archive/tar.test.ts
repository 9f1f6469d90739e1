import { expect, it } from 'vitest'
import { tarHeader, tarPadding } from './tar.ts'

const entry = { name: 'crm/contact.jsonl', folder: 'acme-2026-11-26', sizeBytes: 5, modifiedAt: new Date('2026-11-26T00:00:00Z') }

it('writes sizes that octal digits do not hold in binary', () => {
  expect(tarHeader(entry).subarray(124, 136).toString()).toBe('00000000005\0')
  const large = tarHeader({ ...entry, sizeBytes: 8 * 1024 ** 3 })
  expect(large.readUInt8(124)).toBe(0x80)
  expect(large.readBigUInt64BE(128)).toBe(8n * 1024n ** 3n)
})

it('fills up to whole blocks, and adds none to what is whole', () => {
  expect([0, 1, 511, 512, 513].map((size) => tarPadding(size).length)).toEqual([0, 511, 1, 0, 511])
})
