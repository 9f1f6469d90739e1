import { z } from 'zod'

/** Variables of a service: name → type, default and one sentence (`.describe`). Secrets are marked by `secret()`. */
export type ConfigSpec = Record<string, z.ZodType>
export type ConfigOf<Spec extends ConfigSpec> = { readonly [Name in keyof Spec]: z.output<Spec[Name]> }

// A registry, because `.describe()` makes a copy of the schema: the copy inherits what its parent is registered with.
const secrets = z.registry<{ isSecret: true }>()

/** Marks a variable whose value never appears in logs, generated documents or `doctor`. */
export function secret<Schema extends z.ZodType>(schema: Schema): Schema {
  secrets.add(schema, { isSecret: true })
  return schema
}

/** Whether `secret()` marked the schema, or what it makes optional or gives a default. */
export function isSecret(schema: z.core.$ZodType): boolean {
  if (secrets.get(schema)) return true
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
  return isWrapper && isSecret(schema.unwrap())
}

/** Declares the variables of a service. `npm run docs` turns the sentences into docs/generated/config.md. */
export function defineConfig<const Spec extends ConfigSpec>(spec: Spec): Spec {
  for (const [name, schema] of Object.entries(spec)) if (!schema.description) throw new Error(`Configuration variable ${name} has no description.`)
  return spec
}

/** Reads and checks the variables once. Throws one error that names every wrong variable and its meaning. */
export function readConfig<Spec extends ConfigSpec>(spec: Spec, environment: Readonly<Record<string, string | undefined>>): ConfigOf<Spec> {
  const wrong: string[] = []
  const entries = Object.entries(spec).map(([name, schema]) => {
    const given = environment[name]
    const result = schema.safeParse(given === '' ? undefined : given)
    if (!result.success) wrong.push(`${name}: ${result.error.issues[0]?.message ?? 'invalid'} (${schema.description ?? ''})`)
    return [name, result.data] as const
  })
  if (wrong.length > 0) throw new Error(`Configuration is wrong:\n  ${wrong.join('\n  ')}`)
  return Object.fromEntries(entries) as ConfigOf<Spec>
}
