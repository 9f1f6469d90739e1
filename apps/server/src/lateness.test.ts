import { createServer } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { createInProcessBus, createLogger, createMemoryAdapters } from '@ai-crm/platform'
import { delayAdapters, delayAnswers } from './lateness.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

it('brings pushes late, all of them, in the order of their channel', async () => {
  const log = createLogger({ level: 'silent', isPretty: false })
  const { fanout } = delayAdapters({ ...createMemoryAdapters(log), bus: createInProcessBus() }, 30)
  const heard: string[] = []
  await fanout.subscribe('channel', (message) => heard.push(message))
  const said = Array.from({ length: 20 }, (_, nth) => String(nth))
  for (const message of said) await fanout.publish('channel', message)
  expect(heard).toEqual([])
  await expect.poll(() => heard).toEqual(said)
})

it('lets a push that is lost hold up no other', async () => {
  const adapters = { ...createMemoryAdapters(createLogger({ level: 'silent', isPretty: false })), bus: createInProcessBus() }
  const heard: string[] = []
  const publish = async (_channel: string, message: string) => {
    if (message === 'lost') throw new Error('The line is cut.')
    heard.push(message)
  }
  const { fanout } = delayAdapters({ ...adapters, fanout: { ...adapters.fanout, publish } }, 30)
  for (const message of ['lost', 'kept']) await fanout.publish('channel', message)
  await expect.poll(() => heard).toEqual(['kept'])
})

it('answers late, and whole', async () => {
  let isDone = false
  const server = createServer((_request, response) => {
    isDone = true
    response.writeHead(201, { 'content-type': 'text/plain' }).end('made')
  })
  delayAnswers(server, 30)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const address = server.address()
  const answer = await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  expect([isDone, answer.status, await answer.text()]).toEqual([true, 201, 'made'])
})
