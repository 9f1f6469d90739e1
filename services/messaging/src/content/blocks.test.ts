import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BLOCK_BYTES, BlockCollector, byteLengthOf, joinBlocks, toBlocks } from './blocks.ts'

it('loses and invents no byte, whatever the pieces are, and no block is larger than it may be', () => {
  const pieces = fc.array(fc.integer({ min: 0, max: BLOCK_BYTES * 2 }), { maxLength: 6 })
  fc.assert(
    fc.property(pieces, (sizes) => {
      const chunks = sizes.map((size, index) => Buffer.alloc(size, index + 1))
      const whole = Buffer.concat(chunks)
      const collector = new BlockCollector()
      for (const chunk of chunks) collector.add(chunk)
      for (const blocks of [collector.finish(), toBlocks(whole)]) {
        expect(joinBlocks(blocks).equals(whole)).toBe(true)
        expect(byteLengthOf(blocks)).toBe(whole.byteLength)
        expect(blocks.slice(0, -1).every(({ byteLength }) => byteLength === BLOCK_BYTES)).toBe(true)
        expect(blocks.every(({ byteLength }) => byteLength > 0 && byteLength <= BLOCK_BYTES)).toBe(true)
      }
    }),
    { numRuns: 30 },
  )
})

it('holds a small mail in no more memory than it has bytes', () => {
  const collector = new BlockCollector()
  collector.add(Buffer.from('small'))
  expect(collector.finish().map(({ buffer }) => buffer.byteLength)).toEqual([5])
})
