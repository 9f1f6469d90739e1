import { aiSagaAnswered, authSagaRequested, messagingSagaAnswered, organizationProvisioned, type EventData } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

// Alone: what messaging and ai answer is told by the test.
const auth = await startService(service)
const rows = (sql: string) => auth.database.asAdmin(sql)
const answers = { 'messaging.open-channel': messagingSagaAnswered, 'ai.prepare-settings': aiSagaAnswered } as const
type Step = keyof typeof answers

async function signUp() {
  const browser = new Browser(auth.app)
  const person = newPerson()
  const { body } = await browser.post('/auth/sign-up', person)
  const organizationId: string = body.me.organization.id
  const [request] = await requests(organizationId)
  return { browser, person, token: String(body.accessToken), organizationId, sagaId: request?.sagaId ?? '' }
}
const requests = async (organizationId: string) => (await auth.emitted(authSagaRequested, organizationId)).map(({ data }) => data)
const asked = async (organizationId: string) => [...new Set((await requests(organizationId)).map(({ action, step }) => `${action} ${step}`))]
type Told = Awaited<ReturnType<typeof signUp>>
const answer = ({ organizationId, sagaId }: Told, step: Step, outcome: EventData<typeof messagingSagaAnswered>['outcome']) =>
  auth.deliver(answers[step]({ sagaId, step, outcome, reason: null }), { organizationId })
const sagaOf = async ({ sagaId }: Told) => (await rows(`select state, reason from auth.saga where id = '${sagaId}'`))[0]
async function until(look: () => Promise<boolean>) {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) if (await look()) return
  throw new Error('Waited in vain.')
}

it('asks the services one after the other, and says when all have followed', async () => {
  const told = await signUp()
  const isSettingUp = async () => (await told.browser.get('/auth/me', told.token)).body.organization.isSettingUp
  expect(await asked(told.organizationId)).toEqual(['do messaging.open-channel'])
  expect(await isSettingUp()).toBe(true)
  await answer(told, 'messaging.open-channel', 'done')
  expect(await asked(told.organizationId)).toEqual(['do messaging.open-channel', 'do ai.prepare-settings'])
  for (let copy = 0; copy < 3; copy++) await answer(told, 'ai.prepare-settings', 'done')
  await answer(told, 'messaging.open-channel', 'done')
  expect(await isSettingUp()).toBe(false)
  expect(await auth.emitted(organizationProvisioned, told.organizationId)).toHaveLength(1)
  expect(await sagaOf(told)).toMatchObject({ state: 'done' })
})

it('takes everything back when a service refuses: person, organisation and session are gone, and the person is told', async () => {
  const told = await signUp()
  await answer(told, 'messaging.open-channel', 'done')
  await answer(told, 'ai.prepare-settings', 'refused')
  expect(await asked(told.organizationId)).toContain('undo messaging.open-channel')
  expect(await rows(`select 1 from auth.membership where organization_id = '${told.organizationId}'`)).toHaveLength(1)
  await answer(told, 'messaging.open-channel', 'undone')
  const mails = await systemMailsTo(auth, told.person.email)
  expect(mails.at(-1)).toMatchObject({ template: 'organization-setup-failed', parameters: { link: 'http://localhost:3000/sign-up' } })
  for (const table of ['organization', 'membership', 'session'])
    expect(await rows(`select 1 from auth.${table} where organization_id = '${told.organizationId}'`)).toEqual([])
  await until(async () => (await rows(`select 1 from auth.user_account where email = '${told.person.email}'`)).length === 0)
  expect((await told.browser.get('/auth/me', told.token)).status).toBe(401)

  // Late and repeated answers bring nothing back.
  await answer(told, 'ai.prepare-settings', 'done')
  await answer(told, 'messaging.open-channel', 'done')
  await answer(told, 'messaging.open-channel', 'undone')
  expect(await sagaOf(told)).toMatchObject({ state: 'undone' })
  expect(await auth.emitted(organizationProvisioned, told.organizationId)).toEqual([])
  // The address is free: signing up once more works.
  expect((await new Browser(auth.app).post('/auth/sign-up', told.person)).status).toBe(201)
})

it('asks again without an answer, and turns back when the time of the step is up', async () => {
  const told = await signUp()
  await rows(`update auth.saga set wake_at = now() where id = '${told.sagaId}'`)
  await until(async () => (await requests(told.organizationId)).length === 2)
  expect(await asked(told.organizationId)).toEqual(['do messaging.open-channel'])
  await rows(`update auth.saga set wake_at = now(), deadline_at = now() where id = '${told.sagaId}'`)
  await until(async () => (await asked(told.organizationId)).includes('undo messaging.open-channel'))
  expect(await sagaOf(told)).toMatchObject({ state: 'undoing', reason: 'No answer in time: messaging.open-channel' })
  await answer(told, 'messaging.open-channel', 'done')
  expect(await sagaOf(told)).toMatchObject({ state: 'undoing' })
  await answer(told, 'messaging.open-channel', 'undone')
  expect(await sagaOf(told)).toMatchObject({ state: 'undone' })
})

it('takes back a further organisation without touching its founder or their other one', async () => {
  const first = await signUp()
  const founded = await first.browser.send('/auth/organizations', { name: 'Second', locale: 'en' })
  const organizationId: string = founded.body.me.organization.id
  const [request] = await requests(organizationId)
  const told = { ...first, organizationId, sagaId: request?.sagaId ?? '' }
  await answer(told, 'messaging.open-channel', 'refused')
  await auth.settle()
  expect(await sagaOf(told)).toMatchObject({ state: 'undone' })
  expect(await rows(`select 1 from auth.organization where organization_id = '${organizationId}'`)).toEqual([])
  const again = await new Browser(auth.app).send('/auth/sign-in', { email: first.person.email, password: first.person.password })
  expect(again.body.me.organization.id).toBe(first.organizationId)
})

it('hears no answer in the name of another organisation', async () => {
  const [ours, theirs] = [await signUp(), await signUp()]
  await answer({ ...ours, organizationId: theirs.organizationId }, 'messaging.open-channel', 'done')
  expect(await asked(ours.organizationId)).toEqual(['do messaging.open-channel'])
})
