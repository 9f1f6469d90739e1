import type { ServiceDefinition } from '@ai-crm/platform'

/** A file that is made from the code: committed, so that a change of a contract is seen in review. */
export interface GeneratedDocument {
  /** From the repository's root. */
  readonly path: string
  readonly text: string
}

/** What documents are made from: the contracts (imported where needed) and the services as they run. */
export interface DocumentSources {
  readonly services: readonly ServiceDefinition[]
  /** Source text of each service without its tests, to see what it emits. */
  readonly sourceOf: (service: string) => string
}

/** A Markdown table. Pipes inside of cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The first lines of a generated Markdown file. */
export const heading = (title: string, introduction: string): string =>
  `# ${title}\n\n<!-- Made by \`npm run docs\` from the code: do not edit. -->\n\n${introduction}\n`
