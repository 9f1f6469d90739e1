import { listFailpoints } from '@ai-crm/platform'
import { type GeneratedDocument, heading, table } from './document.ts'

/** docs/generated/failpoints.md: every place at which a process can be made to die. The services are loaded by then. */
export function failpointsDocument(): GeneratedDocument {
  const introduction =
    'Where a process kills itself when `FAILPOINTS="<name>[:<detail>][#<pass>]=exit"` is set together with `NODE_ENV=test` or `--allow-failpoints`. `apps/server/src/crash` dies at each of them and counts what is lost (0) and done twice (0).'
  const rows = listFailpoints().map(({ name, summary }) => [`\`${name}\``, summary])
  return { path: 'docs/generated/failpoints.md', text: `${heading('Failpoints', introduction)}\n${table(['Point', 'What is so at that moment'], rows)}\n` }
}
