import { type ConfigSpec, isSecret } from '@ai-crm/platform'
import { z } from 'zod'
import { processConfig } from '../config.ts'
import { type DocumentSources, type GeneratedDocument, heading, table } from './document.ts'

/** docs/generated/config.md: every variable, from the sentences beside its declaration. */
export function configDocument({ services }: DocumentSources): GeneratedDocument {
  const specs: readonly (readonly [string, ConfigSpec])[] = [['The process', processConfig], ...services.map(({ name, config }) => [name, config] as const)]
  const parts = specs
    .filter(([, spec]) => Object.keys(spec).length > 0)
    .map(
      ([name, spec]) =>
        `## ${name}\n\n${table(
          ['Variable', 'Type', 'Default', 'Meaning'],
          Object.entries(spec).map(([variable, schema]) => rowOf(variable, schema)),
        )}`,
    )
  const introduction = 'Read once at the start, from the environment. An empty value counts as absent. A wrong value stops the start and is named.'
  return { path: 'docs/generated/config.md', text: `${heading('Configuration', introduction)}\n${parts.join('\n\n')}\n` }
}

const VariableSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  default: z.unknown().optional(),
})

function rowOf(variable: string, schema: z.ZodType): string[] {
  const { type, enum: values, format, default: fallback } = VariableSchema.parse(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }))
  const kind = values ? values.map((value) => `\`${String(value)}\``).join(' ') : format === 'uri' ? 'URL' : type === 'array' ? 'list' : (type ?? 'string')
  const isRequired = !schema.safeParse(undefined).success
  const shown = isRequired ? '**required**' : fallback === undefined || fallback === '' ? '–' : `\`${JSON.stringify(fallback).replaceAll('"', '')}\``
  return [`\`${variable}\``, isSecret(schema) ? `${kind}, secret` : kind, isSecret(schema) && !isRequired ? '–' : shown, schema.description ?? '']
}
