import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chapters } from './asvs/chapters.ts'
import { findComplaints } from './asvs/find-complaints.ts'
import { renderMapping } from './asvs/render.ts'
import { TESTS } from './asvs/tests.ts'

// node tools/asvs.ts           writes docs/generated/asvs.md
// node tools/asvs.ts --check   writes nothing, and fails when it is not what the data say
// Either way it fails on a requirement without a verdict and on a test that does not exist.
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILE = path.join(ROOT, 'docs/generated/asvs.md')
const read = (file: string): string | null => (existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : null)

const text = renderMapping(chapters)
const complaints = findComplaints(chapters, TESTS, read)
if (!process.argv.includes('--check')) writeFileSync(FILE, text)
else if (read('docs/generated/asvs.md') !== text) complaints.push('docs/generated/asvs.md is not what tools/asvs says. Run: npm run docs')
for (const complaint of complaints) console.error(complaint)
if (complaints.length === 0) console.log('Every requirement of ASVS level 1 and 2 has a verdict, and every test that it names exists.')
process.exitCode = complaints.length === 0 ? 0 : 1
