import { simpleParser } from 'mailparser'
import { expect, it } from 'vitest'
import { composeMail, referenceChain, replySubject } from './compose-mail.ts'
import { rfcMessageIdFor } from './message-id.ts'

const mail = {
  from: { address: 'acme@crm.localhost', name: 'ООО «Ромашка»' },
  to: { address: 'ada@example.org', name: 'Ада' },
  subject: 'Re: Цена',
  text: 'Десять евро.\n\n<b>не жирно</b>',
  signature: 'Иван',
  rfcMessageId: 'id@crm.localhost',
  referenceIds: ['a@x', 'b@x'],
  date: new Date('2026-11-23T07:00:00Z'),
}

it('C18: is a valid message with text, harmless HTML, signature and threading headers', async () => {
  const parsed = await simpleParser(await composeMail(mail))
  expect(parsed).toMatchObject({
    messageId: '<id@crm.localhost>',
    inReplyTo: '<b@x>',
    references: ['<a@x>', '<b@x>'],
    subject: 'Re: Цена',
    date: mail.date,
    from: { value: [mail.from] },
    to: { value: [mail.to] },
  })
  expect(parsed.text).toBe('Десять евро.\n\n<b>не жирно</b>\n\n-- \nИван')
  expect(parsed.html).toContain('&lt;b&gt;не жирно&lt;/b&gt;')
})

it('lets nobody write headers of their own', async () => {
  const source = (
    await composeMail({ ...mail, subject: 'x\r\nBcc: all@example.org', to: { address: 'ada@example.org', name: 'A\r\nBcc: all@example.org' } })
  ).toString()
  expect(source).not.toMatch(/^bcc:/im)
})

it('answers under one "Re:", whatever its language', () => {
  expect([replySubject('Цена'), replySubject('RE: x'), replySubject('Ответ: x')]).toEqual(['Re: Цена', 'RE: x', 'Ответ: x'])
})

it('keeps the first and the newest of a long chain', () => {
  const chain = referenceChain(
    Array.from({ length: 50 }, (_, index) => `${index}@x`),
    'newest@x',
  )
  expect(chain).toHaveLength(20)
  expect([chain[0], chain.at(-1)]).toEqual(['0@x', 'newest@x'])
})

it('C3: gives one key one Message-ID, and another organisation another', () => {
  const secret = Buffer.alloc(32, 1)
  const id = rfcMessageIdFor(secret, 'org', 'draft:1', 'crm.localhost')
  expect(id).toMatch(/^[a-z2-7]{32}@crm\.localhost$/)
  expect(rfcMessageIdFor(secret, 'org', 'draft:1', 'crm.localhost')).toBe(id)
  expect(rfcMessageIdFor(secret, 'other', 'draft:1', 'crm.localhost')).not.toBe(id)
  expect(rfcMessageIdFor(Buffer.alloc(32, 2), 'org', 'draft:1', 'crm.localhost')).not.toBe(id)
})
