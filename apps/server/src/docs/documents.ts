import { createOpenApiDocument } from '@ai-crm/platform'
import { configDocument } from './config-document.ts'
import type { DocumentSources, GeneratedDocument } from './document.ts'
import { eventsDocument } from './events-document.ts'
import { failpointsDocument } from './failpoints-document.ts'
import { permissionsDocument } from './permissions-document.ts'
import { schemaLock } from './schema-lock.ts'

/** Everything that `npm run docs` writes and CI compares. */
export const generatedDocuments = (sources: DocumentSources): GeneratedDocument[] => [
  eventsDocument(sources),
  configDocument(sources),
  permissionsDocument(),
  failpointsDocument(),
  { path: 'docs/generated/openapi.json', text: `${JSON.stringify(createOpenApiDocument(), null, 1)}\n` },
  schemaLock(),
]
