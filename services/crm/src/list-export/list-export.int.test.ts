import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listExported } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { openTable } from '../import-reading/open-table.ts'
import service from '../service.ts'

const crm = await startService(service)

const rowsOf = (raw: Buffer): Record<string, string>[] => parse(raw, { columns: true, bom: true })

/** The first sheet of a workbook, read as one that somebody brings. */
async function cellsOf(workbook: Buffer): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'export-'))
  try {
    await writeFile(join(folder, 'file'), workbook)
    const cells: string[][] = []
    for await (const rows of (await openTable(join(folder, 'file'), {})).rows) cells.push(...rows.map((row) => [...row.cells]))
    return cells
  } finally {
    await rm(folder, { recursive: true })
  }
}

const csv = async (agent: Agent, query = '') => {
  const answer = await agent.post(`/contacts/export?format=csv${query}`)
  expect(answer.status).toBe(200)
  return rowsOf(answer.raw)
}

it('exports the list as it is asked, to its end, with names instead of ids', async () => {
  const agent = await crm.signIn()
  await crm.database.asAdmin(
    `insert into crm.person (organization_id, user_id, name, email) values ('${agent.organizationId}', '${agent.userId}', 'Owner One', 'o@example.org')`,
  )
  const tag = (await agent.post('/tags', { name: 'VIP', color: 'red' })).body
  const tier = (await agent.post('/fields', { record: 'contact', kind: 'select', label: 'Tier', options: [{ label: 'Gold' }] })).body
  const budget = (await agent.post('/fields', { record: 'contact', kind: 'money', label: 'Budget' })).body
  await crm.database.asAdmin(
    `insert into crm.contact (organization_id, name, source) select '${agent.organizationId}', 'Person ' || lpad(n::text, 4, '0'), 'manual' from generate_series(1, 1203) n`,
  )
  await agent.post('/contacts', {
    name: '=HYPERLINK("http://evil.example")',
    emails: [{ address: 'ada@example.org' }, { address: 'ada@home.example' }],
    tagIds: [tag.id],
    custom: { [tier.id]: tier.options[0].id, [budget.id]: { amountMinor: -1050, currency: 'EUR' } },
  })
  const rows = await csv(agent, '&sort=name&direction=asc&language=ru')
  expect(rows).toHaveLength(1204)
  expect(rows.map((row) => row['Имя']).slice(1)).toEqual(Array.from({ length: 1203 }, (_, n) => `Person ${String(n + 1).padStart(4, '0')}`))
  expect(rows[0]).toMatchObject({
    Имя: `'=HYPERLINK("http://evil.example")`,
    Почта: 'ada@example.org',
    'Другая почта': 'ada@home.example',
    Теги: 'VIP',
    Ответственный: 'Owner One',
    Tier: 'Gold',
    Budget: '-10.5',
    'Budget (Валюта)': 'EUR',
  })
  expect(await csv(agent, `&filter=${encodeURIComponent('{"all":[{"field":"name","op":"contains","value":"person 0007"}]}')}`)).toHaveLength(1)
  expect(Object.keys((await csv(agent, '&columns=email,name'))[0] ?? {})).toEqual(['E-mail', 'Name'])
  expect((await crm.emitted(listExported, agent.organizationId)).map(({ data }) => data.format)).toEqual(['csv', 'csv', 'csv'])
})

it('exports records as the API answers them, without what the role hides', async () => {
  const owner = await crm.signIn()
  const secret = (await owner.post('/fields', { record: 'contact', kind: 'text', label: 'Secret' })).body
  const contact = (await owner.post('/contacts', { name: 'Ada', email: 'ada@example.org', phone: '+44 20 7946 0958', custom: { [secret.id]: 'Rosebud' } })).body
  for (const format of ['json', 'ndjson'])
    expect(JSON.parse(`[${(await owner.post(`/contacts/export?format=${format}`)).raw.toString()}]`).flat()).toEqual([contact])
  const clerk = await crm.signIn({
    organizationId: owner.organizationId,
    permissions: ['crm.contact.read', 'crm.contact.export'],
    fields: { contact: { email: 'hidden', [`custom.${secret.id}`]: 'hidden' } },
  })
  for (const format of ['csv', 'json', 'ndjson', 'xlsx']) {
    const { raw } = await clerk.post(`/contacts/export?format=${format}`)
    const told = format === 'xlsx' ? JSON.stringify(await cellsOf(raw)) : raw.toString()
    expect(told).toContain('+44 20 7946 0958')
    expect(told).not.toMatch(/ada@|Rosebud|Secret|E-mail/)
  }
  const [headings, row] = await cellsOf((await owner.post('/contacts/export?format=xlsx')).raw)
  expect(Object.fromEntries((headings ?? []).map((heading, at) => [heading, row?.[at]]))).toMatchObject({
    Name: 'Ada',
    'E-mail': 'ada@example.org',
    Secret: 'Rosebud',
  })
  expect(await clerk.post('/contacts/export?columns=name,email')).toMatchObject({
    status: 400,
    body: { code: 'crm.list.column_unknown', errors: [{ field: 'query/columns' }] },
  })
})

it('needs the permission to export and the one to read, and tells nothing of other organisations and of what is out of reach', async () => {
  const [owner, foreign] = [await crm.signIn(), await crm.signIn()]
  await owner.post('/contacts', { name: 'Ada' })
  expect(await csv(foreign)).toEqual([])
  const { organizationId } = owner
  const narrow = await crm.signIn({
    organizationId,
    permissions: ['crm.contact.read', 'crm.contact.export'],
    scopes: { contact: { read: 'own', write: 'own' } },
  })
  expect(await csv(narrow)).toEqual([])
  for (const permissions of [['crm.contact.read'], ['crm.contact.export']] as const)
    expect((await (await crm.signIn({ organizationId, permissions: [...permissions] })).post('/contacts/export')).status).toBe(403)
})

it('exports companies and deals too', async () => {
  const agent = await crm.signIn()
  const parent = (await agent.post('/companies', { name: 'Holding' })).body
  const company = (await agent.post('/companies', { name: 'Acme', domains: ['acme.example'], parentId: parent.id })).body
  await agent.post('/deals', { title: 'Turbines', amountMinor: 1050, currency: 'JPY', companyId: company.id, expectedCloseOn: '2027-01-31' })
  expect(rowsOf((await agent.post('/companies/export?sort=name&direction=asc')).raw)[0]).toMatchObject({
    Name: 'Acme',
    Domains: 'acme.example',
    'Part of': 'Holding',
  })
  expect(rowsOf((await agent.post('/deals/export')).raw)[0]).toMatchObject({
    Title: 'Turbines',
    Amount: '1050',
    Currency: 'JPY',
    Company: 'Acme',
    'Expected close': '2027-01-31',
    Stage: 'New',
  })
})

it('answers a question that cannot be understood before anything is sent', async () => {
  const agent = await crm.signIn()
  expect(await agent.post('/contacts/export?filter={}')).toMatchObject({ status: 400, body: { code: 'crm.list.filter_invalid' } })
  expect(await agent.post('/contacts/export?format=pdf')).toMatchObject({ status: 400, body: { errors: [{ field: 'query/format' }] } })
})
