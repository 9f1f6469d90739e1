import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// node tools/check-docs.ts
// Fails on a relative link or image in a committed Markdown file that leads nowhere.
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LINK = /\]\(([^()\s]+)\)/g

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '')
const dead = files.flatMap((file) =>
  [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(LINK)].flatMap(([, link = '']) => {
    if (/^(?:[a-z]+:|#)/.test(link)) return []
    const target = path.join(ROOT, path.dirname(file), decodeURIComponent(link.split('#')[0] ?? ''))
    return existsSync(target) ? [] : [`${file}: ${link} does not exist.`]
  }),
)
for (const line of dead) console.error(line)
console.log(dead.length === 0 ? `The links of ${files.length} documents lead somewhere.` : '')
process.exitCode = dead.length === 0 ? 0 : 1
