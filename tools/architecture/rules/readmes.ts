import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Project } from '../project.ts'
import type { Violation } from '../violation.ts'

const PARTS = ['Owns', 'HTTP', 'Emits', 'Consumes', 'Calls', 'Config', 'Run alone', 'Not here']
const MAX_LINES = 40

/** Every service says in twenty lines, in the same order, what it is. */
export function checkReadmes(project: Project): Violation[] {
  return project.workspaces
    .filter(({ directory }) => directory.startsWith('services/'))
    .flatMap(({ directory }): Violation[] => {
      const file = `${directory}/README.md`
      if (!existsSync(path.join(project.root, file)))
        return [{ path: file, problem: 'The service has no README.md.', cure: `Write 20 lines: what it does · ${PARTS.join(' · ')}.` }]

      const text = readFileSync(path.join(project.root, file), 'utf8')
      const missing = PARTS.filter((part) => !new RegExp(`\\*\\*${part}\\*\\*|^#+ ${part}\\b`, 'm').test(text))
      const isLong = text.split('\n').length > MAX_LINES
      return [
        ...(missing.length > 0 ? [{ path: file, problem: `Does not say: ${missing.join(', ')}.`, cure: `Add "- **${missing[0] ?? ''}** …".` }] : []),
        ...(isLong ? [{ path: file, problem: `More than ${MAX_LINES} lines.`, cure: 'Move the details beside the code or into docs/guides.' }] : []),
      ]
    })
}
