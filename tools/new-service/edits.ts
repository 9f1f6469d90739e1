import type { Names } from './names.ts'

/** A line that a service adds to a list that all services share. */
export interface Edit {
  readonly path: string
  /** Where the list is; the addition goes before or after what matches. */
  readonly anchor: RegExp
  readonly replacement: string
}

const ENDPOINT = 'packages/contracts/src/core/endpoint.ts'
const CATALOGUE = 'packages/contracts/src/catalog.ts'
const PERMISSIONS = 'packages/contracts/src/core/permissions.ts'

/** Everything outside of the service's own folders: names, contracts, permissions, the server's catalogue. */
export function editsFor({ service, serviceUpper, thing, things }: Names): Edit[] {
  return [
    { path: ENDPOINT, anchor: /(SERVICE_NAMES = \[[^\]]*)'websocket'/, replacement: `$1'${service}', 'websocket'` },
    { path: CATALOGUE, anchor: /(import type \{ Endpoint \})/, replacement: `import { ${service}Endpoints } from './${service}/http.ts'\n$1` },
    { path: CATALOGUE, anchor: /(import type \{ EventDefinition \})/, replacement: `import * as ${service}Events from './${service}/events.ts'\n$1` },
    { path: CATALOGUE, anchor: /(\n {2}websocket: websocketEndpoints)/, replacement: `\n  ${service}: ${service}Endpoints,$1` },
    { path: CATALOGUE, anchor: /(\n {4}websocket: websocketEvents)/, replacement: `\n    ${service}: ${service}Events,$1` },
    {
      path: 'packages/contracts/src/index.ts',
      anchor: /(export \* from '\.\/websocket\/http\.ts')/,
      replacement: `export * from './${service}/events.ts'\nexport * from './${service}/http.ts'\n$1`,
    },
    {
      path: PERMISSIONS,
      anchor: /( {2}'platform\.dead-letter\.read')/,
      replacement: `  '${service}.${thing}.read': 'See ${things}',\n  '${service}.${thing}.create': 'Create ${things}',\n$1`,
    },
    { path: 'apps/server/src/catalog.ts', anchor: /(\n {2}websocket: \(\) =>)/, replacement: `\n  ${service}: () => import('@ai-crm/${service}'),$1` },
    { path: 'apps/server/package.json', anchor: /("@ai-crm\/platform": "\*")/, replacement: `$1,\n    "@ai-crm/${service}": "*"` },
    {
      path: 'apps/server/src/config.ts',
      anchor: /(\n {2}WEBSOCKET_URL:)/,
      replacement: `\n  ${serviceUpper}_URL: upstreams.describe('Base URLs of the ${service} service where it runs in other processes, separated by commas.'),$1`,
    },
    {
      path: 'apps/server/src/start.ts',
      anchor: /(\n {2}\.\.\.\(config\.WEBSOCKET_URL)/,
      replacement: `\n  ...(config.${serviceUpper}_URL ? { ${service}: config.${serviceUpper}_URL } : {}),$1`,
    },
  ]
}

/** The text with the edit made. Throws where the list is not found: then the generator is to be mended, not the result. */
export function applyEdit(text: string, { path, anchor, replacement }: Edit): string {
  if (!anchor.test(text)) throw new Error(`${path} does not look as new:service expects (${anchor.source}). Mend tools/new-service/edits.ts.`)
  return text.replace(anchor, replacement)
}
