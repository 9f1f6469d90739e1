import type { Names } from './names.ts'

/** The folder of a new service: what every service has, and one thing that it owns. */
export const serviceFiles = (names: Names): Record<string, string> => {
  const within = (files: Record<string, string>) => Object.fromEntries(Object.entries(files).map(([file, text]) => [`services/${names.service}/${file}`, text]))
  return within({ 'package.json': packageJson(names), ...frame(names), ...thingFiles(names), ...testFiles(names) })
}

const packageJson = ({ service }: Names): string => {
  const description = {
    name: `@ai-crm/${service}`,
    private: true,
    version: '0.1.0',
    type: 'module',
    exports: { '.': './src/service.ts' },
    dependencies: { '@ai-crm/contracts': '*', '@ai-crm/platform': '*', kysely: '0.28.18', zod: '4.6.7' },
  }
  return `${JSON.stringify(description, null, 2)}\n`
}

const frame = ({ service, thing, things, thingPascal }: Names): Record<string, string> => ({
  'README.md': `# ${service}

Keeps ${things}. (Say here what it does for people.)

- **Owns** \`${thing}\`.
- **HTTP** \`/${things}\`, \`/${things}/:${thing}Id\`.
- **Emits** \`${thing}.created\`.
- **Consumes** nothing.
- **Calls** nobody.
- **Config** none.
- **Run alone** \`npm start -- --services=${service}\`
- **Not here** what belongs to other services.
`,
  [`migrations/0001_${thing}.sql`]: `create table ${service}.${thing} (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  name             text not null check (length(name) between 1 and 200),
  created_at       timestamptz not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('${service}.${thing}');
`,
  'src/config.ts': `import { defineConfig } from '@ai-crm/platform'

export const config = defineConfig({})
`,
  'src/ctx.ts': `import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const ${service} = serviceKit<Tables>()('${service}', config)
export type Ctx = typeof ${service}.Ctx
`,
  'src/tables.ts': `// Generated from services/${service}/migrations by \`node tools/generate-tables.ts ${service}\`: change those.
import type { Defaulted, Instant } from '@ai-crm/platform'

export interface Tables {
  ${thing}: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    createdAt: Defaulted<Instant>
  }
}
`,
  'src/service.ts': `import { ${service} } from './ctx.ts'
import { ${thing}Routes } from './${things}/routes.ts'

export default ${service}.define({
  migrations: new URL('../migrations/', import.meta.url),
  routes: [${thing}Routes],
})
`,
  [`src/${things}/${thing}.ts`]: `import type { ${thingPascal} } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

export const to${thingPascal} = ({ id, name, createdAt }: Selectable<Tables['${thing}']>): ${thingPascal} => ({ id, name, createdAt: createdAt.toISOString() })
`,
})

const thingFiles = ({ service, thing, things, thingPascal, thingsPascal }: Names): Record<string, string> => ({
  [`src/${things}/create-${thing}.ts`]: `import { type Create${thingPascal}, type ${thingPascal}, ${thing}Created } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { to${thingPascal} } from './${thing}.ts'

export async function create${thingPascal}(ctx: Ctx, input: Create${thingPascal}): Promise<${thingPascal}> {
  return ctx.write(async ({ db, emit }) => {
    const row = await db.insertInto('${thing}').values(input).returningAll().executeTakeFirstOrThrow()
    await emit(${thing}Created({ ${thing}Id: row.id, name: row.name }))
    return to${thingPascal}(row)
  })
}
`,
  [`src/${things}/get-${thing}.ts`]: `import type { ${thingPascal} } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { to${thingPascal} } from './${thing}.ts'

export async function get${thingPascal}({ db }: Ctx, ${thing}Id: string): Promise<${thingPascal}> {
  const row = await db.selectFrom('${thing}').selectAll().where('id', '=', ${thing}Id).executeTakeFirst()
  if (!row) throw notFound('${thing}')
  return to${thingPascal}(row)
}
`,
  [`src/${things}/list-${things}.ts`]: `import type { ${thingPascal}, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { to${thingPascal} } from './${thing}.ts'

const Position = z.tuple([z.uuid()])

/** Newest first: ids are UUIDv7, which sort by time. */
export async function list${thingsPascal}(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: ${thingPascal}[]; nextCursor: string | null }> {
  let query = ctx.db.selectFrom('${thing}').selectAll().orderBy('id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('id', '<', Position.parse(decodeCursor(ctx, '${things}', cursor))[0])

  const rows = await query.execute()
  const items = rows.slice(0, limit).map(to${thingPascal})
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(ctx, '${things}', [last.id]) : null }
}
`,
  [`src/${things}/routes.ts`]: `import { ${service}Endpoints } from '@ai-crm/contracts'
import { ${service} } from '../ctx.ts'
import { create${thingPascal} } from './create-${thing}.ts'
import { get${thingPascal} } from './get-${thing}.ts'
import { list${thingsPascal} } from './list-${things}.ts'

export const ${thing}Routes = [
  ${service}.handle(${service}Endpoints.list${thingsPascal}, (ctx, { query }) => list${thingsPascal}(ctx, query)),
  ${service}.handle(${service}Endpoints.get${thingPascal}, (ctx, { params }) => get${thingPascal}(ctx, params.${thing}Id)),
  ${service}.handle(${service}Endpoints.create${thingPascal}, (ctx, { body }) => create${thingPascal}(ctx, body)),
]
`,
})

const testFiles = ({ service, thing, things }: Names): Record<string, string> => ({
  [`src/${things}/${things}.int.test.ts`]: `import { ${thing}Created } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const ${service} = await startService(service)

it('stores the ${thing} and announces it once', async () => {
  const agent = await ${service}.signIn()
  const { status, body } = await agent.post('/${things}', { name: 'First' })
  expect(status).toBe(201)
  expect((await agent.get(\`/${things}/\${body.id}\`)).body).toEqual(body)
  expect((await agent.get('/${things}')).body.items).toEqual([body])
  expect(await ${service}.emitted(${thing}Created, agent.organizationId)).toMatchObject([{ data: { ${thing}Id: body.id, name: 'First' } }])
})

it('hides the ${thing} from another organisation', async () => {
  const [ours, theirs] = [await ${service}.signIn(), await ${service}.signIn()]
  const { body } = await ours.post('/${things}', { name: 'Ours' })
  expect((await theirs.get(\`/${things}/\${body.id}\`)).status).toBe(404)
  expect((await theirs.get('/${things}')).body.items).toEqual([])
})

it('needs the permission to create one', async () => {
  const viewer = await ${service}.signIn({ role: 'viewer' })
  expect((await viewer.post('/${things}', { name: 'Not allowed' })).status).toBe(403)
})
`,
})
