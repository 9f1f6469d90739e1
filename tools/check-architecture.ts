import { fileURLToPath } from 'node:url'
import { checkProject } from './architecture/check-project.ts'
import { report } from './architecture/violation.ts'

// node tools/check-architecture.ts
// Fails on every place that breaks a wall of ARCHITECTURE.md or the vocabulary of STYLE.md, and says the way out.
const violations = checkProject(fileURLToPath(new URL('..', import.meta.url)))
for (const violation of violations) console.error(report(violation))
console.log(violations.length === 0 ? 'The architecture holds.' : `\n${violations.length} violations.`)
process.exitCode = violations.length === 0 ? 0 : 1
