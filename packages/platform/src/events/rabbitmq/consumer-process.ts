import { appendFileSync } from 'node:fs'
import { pino } from 'pino'
import { createRabbitBus } from './rabbitmq-bus.ts'

// For tests, which kill it: node consumer-process.ts <url> <namespace> <file>. Notes what it handled before it acknowledges.
const [url = '', namespace = '', file = ''] = process.argv.slice(2)
const HANDLING_MS = 5

const bus = createRabbitBus({ url, namespace, log: pino({ level: 'silent' }) })
await bus.subscribe('crm', async ({ aggregate }) => {
  await new Promise((resolve) => setTimeout(resolve, HANDLING_MS))
  appendFileSync(file, `${aggregate.id} ${aggregate.version}\n`)
})
