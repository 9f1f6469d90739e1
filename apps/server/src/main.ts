import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

// A second start finds every module compiled and its types stripped: a third less work. Hence the import below it. Beside the
// modules, not in the system's temporary folder, where anybody of the machine could leave code for us to run.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/compiled'))
const { start } = await import('./start.ts')

start(process.argv.slice(2), performance.timeOrigin).catch((error: unknown) => {
  // The first lines a person reads when something is missing: the cause and the way out, no stack.
  process.stderr.write(`\nAI CRM did not start: ${error instanceof Error ? error.message : String(error)}\n\n`)
  process.exit(1)
})
