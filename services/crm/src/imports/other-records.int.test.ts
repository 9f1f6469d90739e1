import { companyCreated, companyUpdated, dealCreated, type Company, type Deal, type Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { analysed, checked, imported, settingsFor, until } from './import-fixture.ts'

const crm = await startService(service)

const companiesOf = async (agent: Agent): Promise<Company[]> => (await agent.get('/companies?sort=name&direction=asc&limit=100')).body.items
const dealsOf = async (agent: Agent): Promise<Deal[]> => (await agent.get('/deals?sort=title&direction=asc&limit=100')).body.items

const COMPANIES =
  'Название;Домен;Сайт;Отрасль;Количество сотрудников;Теги;Ответственный\nРомашка;romashka.example;romashka.example;Цветы;42;VIP;\nСевер;;;;100500;;\n'

it.each([
  [COMPANIES, 'company', null, ['name', 'domains', 'website', 'industry', 'size', 'tags', 'owner']],
  [
    'Record ID,Company name,Company Domain Name,Industry,Company owner\n1,A,a.example,B,\n',
    'company',
    'hubspot',
    [null, 'name', 'domains', 'industry', 'owner'],
  ],
  ['Organization - Name,Organization - Address\nA,B\n', 'company', 'pipedrive', ['name', 'address']],
  [
    'Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner\n1,A,Closed Won,5,2027-01-31,\n',
    'deal',
    'hubspot',
    [null, 'title', 'stage', 'amount', 'expectedClose', 'owner'],
  ],
  ['Deal - Title,Deal - Value,Deal - Currency,Deal - Organization\nA,5,EUR,B\n', 'deal', 'pipedrive', ['title', 'amount', 'currency', 'company']],
  ['Название сделки,Бюджет,Этап сделки,Компания,Ответственный\nА,5,Переговоры,Б,\n', 'deal', 'amocrm', ['title', 'amount', 'stage', 'company', 'owner']],
  ['Name,Title,Email,Status\nAda,Countess,ada@example.org,open\n', 'contact', null, ['name', 'position', 'email', null]],
] as const)('guesses what a file holds: %j', async (file, record, preset, fields) => {
  const { settings, analysis } = await analysed(await crm.signIn(), file)
  expect(settings).toMatchObject({ record, fields })
  expect(analysis).toMatchObject({ preset, guesses: { [record]: fields } })
})

it('imports companies with tags, owners and custom fields, each with its event', async () => {
  const agent = await crm.signIn()
  const tier = (await agent.post('/fields', { record: 'company', kind: 'select', label: 'Tier', options: [{ label: 'Gold' }] })).body
  const done = await imported(agent, COMPANIES.replace('Ответственный', 'Tier').replace('VIP;\n', 'VIP;gold\n'))
  expect(done).toMatchObject({ forecast: { created: 2 }, operation: { kind: 'import', record: 'company', status: 'done', changed: 2 } })
  const [romashka, north] = await companiesOf(agent)
  expect(romashka).toMatchObject({
    name: 'Ромашка',
    domains: ['romashka.example'],
    website: 'https://romashka.example',
    industry: 'Цветы',
    size: '11-50',
    ownerId: agent.userId,
    custom: { [tier.id]: tier.options[0].id },
    version: 1,
  })
  expect(romashka?.tagIds).toHaveLength(1)
  expect(north).toMatchObject({ name: 'Север', size: '5001+' })
  expect((await crm.emitted(companyCreated, agent.organizationId)).map(({ data }) => data.name)).toEqual(['Ромашка', 'Север'])
})

it.each([
  ['skip', { name: 'Acme', industry: 'Anvils', phone: null, version: 1 }, { created: 1, skipped: 3 }, ['Acme', 'New']],
  ['fill', { name: 'Acme', industry: 'Anvils', phone: '+1', version: 2 }, { created: 1, updated: 3 }, ['Acme', 'New']],
  ['overwrite', { name: 'acme', industry: 'Rockets', phone: '+1', version: 3 }, { created: 1, updated: 3 }, ['acme', 'New']],
  ['create', { name: 'Acme', version: 1 }, { created: 2, skipped: 2 }, ['Acme', 'acme', 'New']],
] as const)('knows a company by its domain, then by its name, and keeps to the policy: %s', async (policy, expected, forecast, names) => {
  const agent = await crm.signIn()
  const acme = (await agent.post('/companies', { name: 'Acme', domains: ['acme.example'], industry: 'Anvils' })).body
  const file = 'Company name,Domain,Industry,Phone\nACME,www.acme.example,Rockets,\nacme,,Rockets,+1\nNew,new.example,,\nNew,new.example,,\n'
  const done = await imported(agent, file, { policy })
  expect(done.forecast).toMatchObject(forecast)
  expect((await agent.get(`/companies/${acme.id}`)).body).toMatchObject(expected)
  expect((await companiesOf(agent)).map(({ name }) => name).toSorted()).toEqual([...names].toSorted())
})

it('takes an import of companies back, and leaves what was changed since', async () => {
  const agent = await crm.signIn()
  const acme = (await agent.post('/companies', { name: 'Acme', domains: ['acme.example'], industry: 'Anvils' })).body
  const done = await imported(agent, 'Company name,Domain,Industry\nAcme,acme.example,Rockets\nNew,new.example,\nKept,,\n', { policy: 'overwrite' })
  const kept = (await companiesOf(agent)).find(({ name }) => name === 'Kept')
  await agent.patch(`/companies/${kept?.id}`, { note: 'called' }, { version: 1 })
  const undo = (await agent.post(`/imports/${done.id}/revert`)).body
  await expect.poll(async () => (await agent.get(`/record-operations/${undo.id}`)).body.status).toBe('done')
  expect((await agent.get(`/companies/${acme.id}`)).body).toMatchObject({ industry: 'Anvils' })
  expect((await companiesOf(agent)).map(({ name }) => name)).toEqual(['Acme', 'Kept'])
  expect(await crm.emitted(companyUpdated, agent.organizationId)).toHaveLength(3)
})

const DEALS = [
  'Deal name,Amount,Currency,Stage,Lost reason,Expected close,Company,Domain,Email,Tags',
  'Turbines,"1,050.50",EUR,Переговоры,,31.01.2027,ACME,,ada@example.org; eve@example.org,Big',
  'Pumps,7,,Closed lost,Too dear,,,acme.example,,',
  'Gears,,,,,,Newco,,,',
].join('\n')

it('imports deals with their company, people, stage, amount and day, each with its event, and skips those that there are', async () => {
  const agent = await crm.signIn()
  const acme = (await agent.post('/companies', { name: 'Acme', domains: ['acme.example'] })).body
  const people = ['ada', 'eve'].map((name) => agent.post('/contacts', { name, email: `${name}@example.org` }))
  const [ada, eve] = (await Promise.all(people)).map(({ body }) => body.id)
  const done = await imported(agent, DEALS, { currency: 'RUB' })
  expect(done).toMatchObject({ forecast: { created: 3, refused: 0 }, operation: { record: 'deal', changed: 3 } })
  const [gears, pumps, turbines] = await dealsOf(agent)
  expect(turbines).toMatchObject({
    amountMinor: 105050,
    currency: 'EUR',
    stage: 'negotiation',
    expectedCloseOn: '2027-01-31',
    companyId: acme.id,
    contacts: [{ contactId: ada }, { contactId: eve }],
    ownerId: agent.userId,
  })
  expect(pumps).toMatchObject({ amountMinor: 700, currency: 'RUB', stage: 'lost', lostReason: 'Too dear', companyId: acme.id })
  expect(gears).toMatchObject({ companyName: 'Newco', stage: 'new', amountMinor: null })
  expect(await crm.emitted(dealCreated, agent.organizationId)).toHaveLength(3)
  const again = await imported(agent, `${DEALS}\nGears,,,,,,,,,\n`, { currency: 'RUB' })
  expect(again).toMatchObject({ forecast: { created: 1, skipped: 3 }, operation: { changed: 1, reasons: [{ code: 'crm.import.known', count: 3 }] } })
  const all = await imported(agent, DEALS, { currency: 'RUB', policy: 'create' })
  expect(all).toMatchObject({ forecast: { created: 3 }, operation: { changed: 3 } })
  const undo = (await agent.post(`/imports/${all.id}/revert`)).body
  await expect.poll(async () => (await agent.get(`/record-operations/${undo.id}`)).body).toMatchObject({ status: 'done', changed: 3 })
  expect(await dealsOf(agent)).toHaveLength(4)
})

it('refuses deals that cannot be, each with its reason, and lets a stage be mended in place', async () => {
  const agent = await crm.signIn()
  await agent.post('/fields', { record: 'deal', kind: 'text', label: 'Risk', requiredStages: ['won'] })
  const file = [
    'Deal name,Amount,Stage,Lost reason,Company,Email',
    'No stage,,Somewhere,,,',
    'No currency,5,,,,',
    'No loss,,New,Dear,,',
    'Nobody,,,,,nobody@example.org',
    'No company,,,,Unknown,',
    'No risk,,Won,,,',
    ',5 EUR,,,,',
    'Fine,5 EUR,,,,',
  ].join('\n')
  const chosen = { makesCompanies: false }
  const found = await checked(agent, file, chosen)
  expect(found.forecast).toMatchObject({ created: 1, refused: 7 })
  expect(found.forecast?.complaints.map(({ code }) => code)).toEqual([
    'crm.import.stage_unknown',
    'crm.import.currency_missing',
    'crm.import.reason_without_loss',
    'crm.import.contact_unknown',
    'crm.import.company_unknown',
    'crm.deal.move_refused',
    'crm.import.title_missing',
  ])
  const replacements = [{ column: 2, from: 'Somewhere', to: 'Proposal' }]
  await agent.post(`/imports/${found.id}/check`, settingsFor(found, { ...chosen, replacements }))
  expect((await until(agent, found.id, ({ state }) => state === 'checked')).forecast).toMatchObject({ created: 2, refused: 6 })
  await agent.post(`/imports/${found.id}/start`)
  const done = await until(agent, found.id, ({ operation }) => operation?.status === 'done')
  expect(done).toMatchObject({ refused: 6, operation: { changed: 2 } })
  expect((await dealsOf(agent)).map(({ title, stage }) => [title, stage])).toEqual([
    ['Fine', 'new'],
    ['No stage', 'proposal'],
  ])
})

it('does with companies and deals no more than whoever imports could do by hand', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const theirs = (await owner.post('/companies', { name: 'Theirs', domains: ['theirs.example'] })).body
  await owner.post('/contacts', { name: 'Ada', email: 'ada@example.org' })
  const permissions: Permission[] = ['crm.contact.import', 'crm.company.read', 'crm.company.create', 'crm.company.update', 'crm.deal.read', 'crm.deal.create']
  const own = { read: 'own', write: 'own' } as const
  const narrow = await crm.signIn({ organizationId, permissions, scopes: { company: own, deal: own, contact: own } })
  const companies = await imported(narrow, 'Company name,Domain\nMine,theirs.example\nTheirs,\n', { policy: 'overwrite' })
  expect(companies.operation).toMatchObject({ changed: 1, reasons: [{ code: 'crm.company.domain_taken', count: 1 }] })
  expect((await owner.get(`/companies/${theirs.id}`)).body).toEqual(theirs)
  const deals = await imported(narrow, 'Deal name,Amount,Domain,Email\nA,5 EUR,theirs.example,\nB,5 EUR,,ada@example.org\n')
  expect(deals.operation?.reasons).toEqual(expect.arrayContaining(['company', 'contact'].map((of) => ({ code: `crm.import.${of}_unknown`, count: 1 }))))
  const reader = await crm.signIn({
    organizationId,
    permissions: ['crm.contact.import', 'crm.company.read', 'crm.deal.read', 'crm.deal.create'],
    fields: { deal: { amountMinor: 'read-only' } },
  })
  const check = async (file: string, chosen = {}) => {
    const found = await analysed(reader, file)
    return reader.post(`/imports/${found.id}/check`, settingsFor(found, chosen))
  }
  expect(await check('Company name,Domain\nA,\n')).toMatchObject({ status: 403, body: { code: 'crm.import.right_missing' } })
  expect(await check('Deal name,Amount\nA,5\n')).toMatchObject({ status: 403, body: { code: 'platform.field_denied' } })
  expect(await check('Deal name,Stage\nA,New\n', { policy: 'fill' })).toMatchObject({ status: 422, body: { errors: [{ field: '/policy' }] } })
})

it('keeps beside new records what belongs to them by a statement for all of them, not by a trigger for each row', async () => {
  const perRow = await crm.database.asAdmin(`select tgrelid::regclass::text || ': ' || tgname as trigger from pg_trigger
    where tgrelid in ('crm.contact'::regclass, 'crm.company'::regclass, 'crm.deal'::regclass) and not tgisinternal
      and tgtype & 1 = 1 and tgtype & 2 = 0 and tgtype & 4 = 4 and tgqual is null`)
  expect(perRow).toEqual([])
})
