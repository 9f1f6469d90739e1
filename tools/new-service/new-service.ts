import { fileURLToPath } from 'node:url'
import { generateService } from './generate-service.ts'
import { namesOf, thingOf } from './names.ts'

// npm run new:service -- surveying [survey]
// A service with one thing: contract, migration, routes, events, tests, README; entered in the catalogue.
const [service, thing] = process.argv.slice(2)
if (service === undefined) {
  console.error('Which one? npm run new:service -- surveying [survey]')
  process.exitCode = 1
} else {
  const names = namesOf(service, thing ?? thingOf(service))
  for (const file of generateService(fileURLToPath(new URL('../..', import.meta.url)), names)) console.log(`wrote  ${file}`)
  console.log(`\nNext: npm install --ignore-scripts && npm run docs && npx vitest run services/${names.service}`)
}
