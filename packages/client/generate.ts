/**
 * `npm run docs` calls this: writes generated/schema.d.ts from docs/generated/openapi.json, by openapi-typescript (which
 * needs TypeScript 5 for itself). `--check` writes nothing and fails when the committed file differs.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTypescript, { astToString } from 'openapi-typescript'

const DOCUMENT = new URL('../../docs/generated/openapi.json', import.meta.url)
const SCHEMA = new URL('generated/schema.d.ts', import.meta.url)
const HEADING = '// Made by `npm run docs` from docs/generated/openapi.json: do not edit.\n\n'

const document = JSON.parse(readFileSync(DOCUMENT, 'utf8'), (_name, value) =>
  // The client makes the key itself where none is given.
  value?.name === 'Idempotency-Key' ? { ...value, required: false } : value,
)
const text = HEADING + astToString(await openapiTypescript(document, { defaultNonNullable: false, alphabetize: true }))

if (!process.argv.includes('--check')) writeFileSync(SCHEMA, text)
else if (readFileSync(SCHEMA, 'utf8') !== text) {
  console.error('packages/client/generated/schema.d.ts is not what docs/generated/openapi.json says. If the change is meant, run: npm run docs')
  process.exitCode = 1
}
