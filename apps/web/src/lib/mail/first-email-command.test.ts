import { expect, it } from 'vitest'
import { curlCommand, swaksCommand } from './first-email-command.ts'

const mail = { host: 'localhost', port: 2525, to: 'demo@crm.localhost', subject: "It's a question", text: 'Hello' }

it('quotes for the shell what may hold a quote', () => {
  expect(swaksCommand(mail)).toContain(`--h-Subject 'It'\\''s a question'`)
})

it('writes a Cyrillic subject as RFC 2047 asks', () => {
  expect(curlCommand({ ...mail, subject: 'Цены' })).toContain("'Subject: =?UTF-8?B?0KbQtdC90Ys=?='")
})

it('names server, port and recipient', () => {
  expect(curlCommand(mail)).toContain('smtp://localhost:2525 --mail-from ada@example.org --mail-rcpt demo@crm.localhost')
})
