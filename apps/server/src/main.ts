import { performance } from 'node:perf_hooks'
import { start } from './start.ts'

start(process.argv.slice(2), performance.timeOrigin).catch((error: unknown) => {
  // The first lines a person reads when something is missing: the cause and the way out, no stack.
  process.stderr.write(`\nAI CRM did not start: ${error instanceof Error ? error.message : String(error)}\n\n`)
  process.exit(1)
})
