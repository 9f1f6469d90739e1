import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function capture(isPretty = false) {
  const lines: string[] = []
  const log = createLogger({ level: 'info', isPretty, processId: 'p1', write: (line) => void lines.push(line) })
  return { log: log.child({ service: 'crm' }), lines, json: () => lines.map((line): unknown => JSON.parse(line)) }
}

it('writes JSON lines with level, service and ids', () => {
  const { log, json } = capture()
  log.info({ organizationId: 'o1', durationMs: 12 }, 'stored')
  expect(json()).toMatchObject([{ level: 'info', service: 'crm', process: 'p1', organizationId: 'o1', durationMs: 12, msg: 'stored' }])
})

it('drops fields that are not on the list and keeps their names', () => {
  const { log, lines, json } = capture()
  log.info({ body: 'Dear Ada, my card is 4111 1111 1111 1111', email: 'ada@example.org', messageId: 'm1' }, 'received')
  log.child({ headers: 'cookie' }).info('child')
  expect(json()).toMatchObject([{ messageId: 'm1', dropped: ['body', 'email'] }, { dropped: ['headers'] }])
  expect(lines.join('')).not.toMatch(/4111|ada@|cookie/)
})

it('blots out secrets in messages, errors and allowed fields', () => {
  const { log, lines, json } = capture()
  log.warn({ err: new Error('connect postgres://crm_app:s3cr3t@db:5432/crm failed') }, 'Authorization: Bearer abc.def-ghi')
  log.warn({ reason: 'url https://x.test/?token=s3cr3t&a=1', fields: { password: 's3cr3t', token: 5 } }, 'eyJhbGciOi.eyJzdWIi.s3cr3t')
  expect(json()).toHaveLength(2)
  expect(lines.join('')).not.toMatch(/s3cr3t|abc\.def/)
})

it('keeps what PostgreSQL quotes of a row out of the log', () => {
  const { log, lines } = capture()
  log.error({ err: Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(ada@example.org) already exists.' }) }, 'failed')
  expect(lines.join('')).toContain('23505')
  expect(lines.join('')).not.toContain('ada@example.org')
})

it.each([false, true])('cannot be made to write a second line (pretty: %s)', (isPretty) => {
  const { log, lines } = capture(isPretty)
  log.info({ reason: 'a\r\n{"level":"fatal"}\u001B[2J\u2028\u009B' }, 'one\nline')
  expect(lines).toHaveLength(1)
  expect(lines[0]?.trimEnd().split(/[\n\r\u2028]/)).toHaveLength(1)
  expect(lines[0]).not.toContain('\u001B[2J')
})

it('shows people one short line', () => {
  const { log, lines } = capture(true)
  log.info({ port: 3000 }, 'listening')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d .*info.* crm +listening port=3000\n$/)
})
