import { expect, it } from 'vitest'
import { HEAD_BYTES, judgeType } from './judge-type.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001', 'hex')
const ZIP = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(60)])
const CFB = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(60)])
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

it.each([
  ['a picture', 'image/png', PNG, 'image/png'],
  ['a picture under another name', 'application/pdf', PNG, 'image/png'],
  ['a picture without a name', '', PNG, 'image/png'],
  ['an office document', DOCX, ZIP, DOCX],
  ['an old office document', 'application/msword', CFB, 'application/msword'],
  ['an archive that calls itself a PDF', 'application/pdf', ZIP, 'application/zip'],
  ['a text', 'text/plain', Buffer.from('hello'), 'text/plain'],
  ['a table whose first column is called BMW', 'text/csv', Buffer.from('BMW;Audi\n1;2'), 'text/csv'],
  ['a type that bytes do not show', 'application/x-unheard-of', Buffer.from('hello'), 'application/x-unheard-of'],
])('knows %s', async (_what, declared, bytes, judged) => {
  expect(await judgeType(declared, bytes)).toBe(judged)
})

it.each([
  ['a page', 'text/html', '<html>'],
  ['a drawing that runs scripts', 'image/svg+xml', '<svg/>'],
  ['a drawing that calls itself a text', 'text/plain', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a script that calls itself a picture', 'image/png', 'alert(1)'],
  ['a program that calls itself a document', 'application/pdf', Buffer.from('4d5a900003000000', 'hex')],
  ['no type at all', 'text/plain\r\nset-cookie: a=b', 'hello'],
  ['nothing', 'image/jpeg', ''],
])('keeps as plain bytes: %s', async (_what, declared, bytes) => {
  expect(await judgeType(declared, Buffer.from(bytes))).toBe('application/octet-stream')
})

it('looks at the beginning of a file only, whatever bytes it has', async () => {
  const starts = [PNG, ZIP, CFB, Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'), ...Array.from({ length: 256 }, (_, byte) => Buffer.alloc(64, byte))]
  for (const start of starts) {
    const file = Buffer.concat([start, Buffer.alloc(HEAD_BYTES), PNG])
    expect(await judgeType('', file)).toBe(await judgeType('', file.subarray(0, HEAD_BYTES)))
  }
})
