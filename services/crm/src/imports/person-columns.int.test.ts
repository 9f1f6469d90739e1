import { contactCreated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { analysed, checked, imported } from './import-fixture.ts'

const crm = await startService(service)

const HEADINGS = 'Имя;Почта;Как связаться;Часовой пояс;Язык;Согласие;Согласие с;Как сообщил о согласии;Пояснение к согласию'
const FIELDS = ['name', 'email', 'preferredChannel', 'timeZone', 'language', 'consent', 'consentOn', 'consentSource', 'consentNote']

it('brings how people like to be reached and whether they consented, as exports write it', async () => {
  const agent = await crm.signIn()
  const file = `${HEADINGS}\nAda;ada@example.org;Телеграм;europe/berlin;немецкий;дано;31.01.2026;Форма;На\u00a0сайте\nBob;bob@example.org;phone;;pt_BR;;01.02.2026;;`
  expect((await analysed(agent, file)).settings?.fields).toEqual(FIELDS)
  expect((await imported(agent, file)).operation).toMatchObject({ changed: 2, skipped: 0 })
  const [ada, bob] = (await agent.get('/contacts?sort=name&direction=asc')).body.items
  const told = {
    preferredChannel: 'telegram',
    timeZone: 'Europe/Berlin',
    language: 'de',
    consent: 'given',
    consentOn: '2026-01-31',
    consentSource: 'Форма',
    consentNote: 'На сайте',
  }
  expect(ada).toMatchObject(told)
  expect(bob).toMatchObject({ preferredChannel: 'phone', timeZone: null, language: 'pt-BR', consent: null, consentOn: null })
  const created = await crm.emitted(contactCreated, agent.organizationId)
  expect(created.find(({ data }) => data.name === 'Ada')?.data).toMatchObject(told)
})

it('refuses what is unclear, a bare yes among it, naming the value', async () => {
  const agent = await crm.signIn()
  const file = 'Name,Reach by,Time zone,Language,Consent,Consent since\nAda,pigeon,UTC+3,Klingonish,yes,2999-01-01\n'
  const { forecast } = await checked(agent, file)
  expect(forecast?.complaints.map(({ code, examples }) => [code, examples[0]?.value])).toEqual([
    ['crm.import.channel_unknown', 'pigeon'],
    ['crm.import.zone_unknown', 'UTC+3'],
    ['crm.import.language_unknown', 'Klingonish'],
    ['crm.import.consent_unknown', 'yes'],
    ['crm.import.date_invalid', '2999-01-01'],
  ])
})

it.each([
  ['fill', '2026-05-01', { consent: 'withdrawn', language: 'de' }],
  ['overwrite', '2026-01-01', { consent: 'withdrawn', language: 'en' }],
  ['overwrite', '', { consent: 'withdrawn', language: 'en' }],
  ['overwrite', '2026-05-01', { consent: 'given', consentOn: '2026-05-01', consentSource: null, language: 'en' }],
] as const)('keeps a refusal against what is not told to be later: %s, %s', async (policy, day, expected) => {
  const agent = await crm.signIn()
  const known = { name: 'Ada', emails: [{ address: 'ada@example.org' }], language: 'de', consent: 'withdrawn', consentOn: '2026-03-01', consentSource: 'Call' }
  const { id } = (await agent.post('/contacts', known)).body
  await imported(agent, `Email,Language,Consent,Consent since\nada@example.org,en,given,${day}\n`, { policy })
  expect((await agent.get(`/contacts/${id}`)).body).toMatchObject(expected)
})
