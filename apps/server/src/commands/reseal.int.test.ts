import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { deriveKey, seal, unseal, type SealedColumn } from '@ai-crm/platform'
import { signUp, startService, type TestService } from '@ai-crm/testing'
import { createTestDatabase } from '@ai-crm/testing/database'
import { API_PREFIX, SYSTEM_MAIL_KEY, systemMailBinding, type ServiceName } from '@ai-crm/contracts'
import { afterAll, expect, it } from 'vitest'
import { loadServices } from '../catalog.ts'

const NEXT = 'the next master secret, which nobody has used before'
const MAILS = 2_000
const database = await createTestDatabase()
const BEFORE = database.cluster.masterSecret
const rows = (sql: string) => database.asAdmin(sql)
const services = await loadServices(['auth', 'webhook'] satisfies ServiceName[])
const sealedColumns = (await loadServices(['auth', 'webhook', 'messaging'])).flatMap(({ name, sealed = [] }) => sealed.map((column) => ({ name, column })))
const running: ChildProcess[] = []
afterAll(() => running.forEach((child) => child.kill('SIGKILL')))

/** Auth and webhook as a process that knows these secrets. Roles of the database keep the passwords that they have. */
async function startWith(masterSecret: string, otherMasterSecret?: string) {
  const [auth, webhook] = services
  if (!auth || !webhook) throw new Error('There is no auth service.')
  return startService(auth, { database, together: [webhook], secrets: { masterSecret, otherMasterSecret } })
}

/** `npm run reseal`, without an administrator of the database: passwords of roles stay as they were. */
function beginReseal(): ChildProcess {
  const environment = { MASTER_SECRET: NEXT, OTHER_MASTER_SECRET: BEFORE, DATABASE_URL: database.databaseUrl, LOG_LEVEL: 'fatal' }
  const child = spawn(process.execPath, [fileURLToPath(new URL('reseal.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  return child
}

async function finished(child: ChildProcess): Promise<{ code: number; told: string }> {
  let told = ''
  child.stdout?.on('data', (chunk: Buffer) => (told += chunk.toString()))
  const [code] = await once(child, 'close')
  return { code, told }
}

interface Person {
  readonly email: string
  readonly userId: string
  readonly organizationId: string
  readonly token: string
}
const PASSWORD = 'correct horse battery'
const COOKIE = '__Host-refresh'

/** Somebody with a secret of an authenticator app and one of a webhook. */
async function somebody(product: TestService): Promise<Person> {
  const email = `ada.${crypto.randomUUID()}@people.example`
  const { me, accessToken: token } = await signUp(product, { email, name: 'Ada', organizationName: 'Engines', password: PASSWORD })
  expect((await ask(product, 'POST', '/auth/factors/totp', { token })).statusCode).toBe(201)
  const hook = { url: 'https://example.com/hook', description: '', eventTypes: ['contact.created'] }
  expect((await ask(product, 'POST', '/webhooks', { token, payload: hook })).statusCode).toBe(201)
  return { email, userId: me.user.id, organizationId: me.organization.id, token }
}

type Sent = { token?: string; payload?: object; cookie?: string }
const ask = ({ app }: TestService, method: 'GET' | 'POST', path: string, { token, payload, cookie }: Sent) =>
  app.inject({
    method,
    url: API_PREFIX + path,
    headers: { 'idempotency-key': crypto.randomUUID(), ...(token ? { authorization: `Bearer ${token}` } : {}), ...(cookie ? { cookie } : {}) },
    ...(payload ? { payload } : {}),
  })

const cookiesOf = ({ cookies }: Awaited<ReturnType<typeof ask>>): string => cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
const refreshTokenOf = ({ cookies }: Awaited<ReturnType<typeof ask>>) => cookies.find(({ name }) => name === COOKIE)?.value
const signIn = (product: TestService, { email }: Person) => ask(product, 'POST', '/auth/sign-in', { payload: { email, password: PASSWORD } })

/** Every sealed value of the installation, and which of the two secrets opens it. */
async function openedBy(): Promise<Record<string, { before: number; next: number }>> {
  const found: Record<string, { before: number; next: number }> = {}
  for (const { name, column } of sealedColumns) {
    const { table, key, boundTo = [], isOfInstallation } = column
    const bound = boundTo.map((each) => `${each}::text`).join(', ')
    const owner = isOfInstallation ? "''" : 'organization_id::text'
    const all = await rows(
      `select ${owner} as owner, ${key}::text as key, ${column.column} as sealed, array[${bound}]::text[] as bound from ${name}.${table} where octet_length(${column.column}) > 0`,
    )
    const counted = { before: 0, next: 0 }
    for (const row of all) counted[opens(column, row, NEXT) ? 'next' : 'before'] += 1
    for (const row of all) expect(opens(column, row, NEXT) || opens(column, row, BEFORE)).toBe(true)
    found[`${table}.${column.column}`] = counted
  }
  return found
}

function opens({ purpose, binding }: SealedColumn, row: Record<string, unknown>, secret: string): boolean {
  const { owner, key, sealed, bound } = row as { owner: string; key: string; sealed: Buffer; bound: string[] }
  try {
    unseal([deriveKey(secret, purpose(owner))], binding(owner, key, ...bound), sealed)
    return true
  } catch {
    return false
  }
}

/** Mails of the product that wait: enough that sealing them anew takes a while. `response` tells which bytes are as they were. */
async function mailsThatWait(organizationId: string): Promise<void> {
  const values = Array.from({ length: MAILS }, () => {
    const id = crypto.randomUUID()
    const sealed = seal(deriveKey(BEFORE, SYSTEM_MAIL_KEY), systemMailBinding(organizationId, id), '{}').toString('hex')
    return `('${organizationId}', '${id}', 'ada@example.test', 'notice', 'en', decode('${sealed}', 'hex'), md5(decode('${sealed}', 'hex')), now() + interval '1 day')`
  })
  for (let from = 0; from < MAILS; from += 1_000)
    await rows(
      `insert into messaging.system_mail (organization_id, id, to_address, template, locale, sealed_parameters, response, expires_at) values ${values.slice(from, from + 1_000).join(',')}`,
    )
}

it('exchanges the master secret while people work, and dying in the middle leaves nothing that does not open', { timeout: 180_000 }, async () => {
  const first = await startWith(BEFORE)
  const ada = await somebody(first)
  await mailsThatWait(ada.organizationId)
  const home = cookiesOf(await signIn(first, ada))
  const successor = refreshTokenOf(await ask(first, 'POST', '/auth/refresh', { cookie: home }))
  await first.stop()

  // A process that knows both: what was given before opens and counts, also where its answer got lost on the way.
  const both = await startWith(NEXT, BEFORE)
  expect((await signIn(both, ada)).statusCode).toBe(200)
  expect((await ask(both, 'GET', '/auth/me', { token: ada.token })).statusCode).toBe(200)
  await rows(`update auth.refresh_token set rotated_at = clock_timestamp() where rotated_at is not null and user_id = '${ada.userId}'`)
  const repeated = await ask(both, 'POST', '/auth/refresh', { cookie: home })
  expect([repeated.statusCode, refreshTokenOf(repeated)]).toEqual([200, successor])
  expect((await ask(both, 'POST', '/auth/refresh', { cookie: home.replace(/__Host-refresh=[^;]+/, `${COOKIE}=${successor}`) })).statusCode).toBe(200)

  const dying = beginReseal()
  const ended = once(dying, 'exit')
  const anew = async () => (await rows('select from messaging.system_mail where md5(sealed_parameters) <> response limit 1')).length
  await expect.poll(anew, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
  dying.kill('SIGKILL')
  await ended
  const half = (await openedBy())['system_mail.sealed_parameters']
  expect(half?.before).toBeGreaterThan(0)
  expect((await signIn(both, ada)).statusCode).toBe(200)

  const { code, told } = await finished(beginReseal())
  expect(told).toContain('Everything opens with MASTER_SECRET alone.')
  expect(code).toBe(0)
  for (const [place, { before }] of Object.entries(await openedBy())) expect({ place, before }).toEqual({ place, before: 0 })
  await both.stop()

  const after = await startWith(NEXT)
  expect((await signIn(after, ada)).statusCode).toBe(200)
  expect((await ask(after, 'GET', '/webhooks', { token: ada.token })).json()).toMatchObject({ items: [{ url: 'https://example.com/hook' }] })
})

it('says which values no secret opens, and changes none of them', { timeout: 60_000 }, async () => {
  const auth = await startWith(NEXT, BEFORE)
  const ada = await somebody(auth)
  await auth.stop()
  const [app] = await rows(`select id from auth.totp_credential where user_id = '${ada.userId}'`)
  const { column } = sealedColumns.find(({ column: { table } }) => table === 'totp_credential') ?? {}
  if (!app || !column) throw new Error('There is nothing sealed.')
  // As it would be there, but for the secret.
  const sealedBy = (secret: string) => seal(deriveKey(secret, column.purpose('')), column.binding('', String(app['id']), ada.userId), 'y').toString('hex')
  const strange = sealedBy('a secret that nobody has any more, 32 bytes')
  await rows(`update auth.totp_credential set encrypted_secret = decode('${strange}', 'hex') where user_id = '${ada.userId}'`)
  const { code, told } = await finished(beginReseal())
  expect(told).toContain('1 open with neither secret')
  expect(code).toBe(1)
  expect(await rows(`select encode(encrypted_secret, 'hex') as kept from auth.totp_credential where user_id = '${ada.userId}'`)).toEqual([{ kept: strange }])
})

it('knows every column that holds something sealed', async () => {
  const found = await rows(
    `select table_schema || '.' || table_name || '.' || column_name as place from information_schema.columns
     where data_type = 'bytea' and column_name ~ '(secret|sealed|encrypted)' order by 1`,
  )
  expect(found.map(({ place }) => place)).toEqual(sealedColumns.map(({ name, column }) => `${name}.${column.table}.${column.column}`).toSorted())
})
