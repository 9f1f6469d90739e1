import { memberRemoved, teamCreated, teamDeleted, teamMembersChanged, teamUpdated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

const make = (actor: Person, team: object = {}) => actor.browser.call('POST', '/teams', actor.token, { name: 'North', ...team })
const change = (actor: Person, team: { id: string; version: number }, body: object) =>
  actor.browser.call('PATCH', `/teams/${team.id}`, actor.token, body, team.version)
const teamsOf = async (person: Person) => (await person.browser.get('/teams', person.token)).body.items

it('makes a team, tells who is in it, and shows it to everybody who sees the members', async () => {
  const owner = await founder(auth)
  const [ada, eve] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'viewer')]
  const made = await make(owner, { memberIds: [ada.userId, eve.userId, ada.userId], leadId: ada.userId })
  expect(made).toMatchObject({ status: 201, body: { name: 'North', leadId: ada.userId, version: 1 } })
  expect(made.body.memberIds.toSorted()).toEqual([ada.userId, eve.userId].toSorted())
  expect(await teamsOf(eve)).toEqual([made.body])
  expect(await auth.emitted(teamCreated, owner.organizationId)).toMatchObject([{ data: { teamId: made.body.id, memberIds: [ada.userId, eve.userId] } }])
})

it('changes name, members and lead once per version, and tells exactly what changed', async () => {
  const owner = await founder(auth)
  const [ada, eve] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'member')]
  const { body: team } = await make(owner, { memberIds: [ada.userId], leadId: ada.userId })
  expect((await change(owner, team, { name: 'North' })).body).toEqual(team)
  const changed = await change(owner, team, { name: 'South', memberIds: [eve.userId] })
  expect(changed).toMatchObject({ status: 200, body: { name: 'South', memberIds: [eve.userId], leadId: null, version: 2 } })
  expect((await change(owner, team, { name: 'West' })).status).toBe(409)
  expect(await auth.emitted(teamMembersChanged, owner.organizationId)).toMatchObject([{ data: { added: [eve.userId], removed: [ada.userId] } }])
  expect(await auth.emitted(teamUpdated, owner.organizationId)).toMatchObject([
    { data: { changes: { name: { from: 'North', to: 'South' }, leadId: { from: ada.userId, to: null } } } },
  ])
})

it('names what is wrong and changes nothing', async () => {
  const [owner, stranger] = [await founder(auth), await founder(auth)]
  expect(await make(owner, { memberIds: [stranger.userId] })).toMatchObject({ status: 422, body: { errors: [{ field: '/memberIds' }] } })
  expect(await make(owner, { leadId: owner.userId })).toMatchObject({ status: 422, body: { errors: [{ field: '/leadId' }] } })
  const { body: team } = await make(owner)
  expect(await make(owner)).toMatchObject({ status: 409, body: { errors: [{ field: '/name' }] } })
  await make(owner, { name: 'South' })
  expect(await change(owner, team, { name: 'South' })).toMatchObject({ status: 409, body: { code: 'auth.team.name_taken' } })
  expect(await change(owner, team, { memberIds: [stranger.userId] })).toMatchObject({ status: 422 })
  expect((await teamsOf(owner)).map(({ name }: { name: string }) => name)).toEqual(['North', 'South'])
})

it('deletes a team and leaves its people', async () => {
  const owner = await founder(auth)
  const { body: team } = await make(owner, { memberIds: [owner.userId] })
  expect((await owner.browser.call('DELETE', `/teams/${team.id}`, owner.token)).status).toBe(204)
  expect((await owner.browser.call('DELETE', `/teams/${team.id}`, owner.token)).status).toBe(404)
  expect(await teamsOf(owner)).toEqual([])
  expect(await auth.emitted(teamDeleted, owner.organizationId)).toMatchObject([{ data: { teamId: team.id } }])
  expect((await owner.browser.get('/members', owner.token)).body.items).toHaveLength(1)
})

it('takes whoever is removed or leaves out of every team, before the departure is told', async () => {
  const owner = await founder(auth)
  const [removed, leaving] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'member')]
  await make(owner, { memberIds: [removed.userId, leaving.userId, owner.userId], leadId: removed.userId })
  await make(owner, { name: 'South', memberIds: [removed.userId] })
  await owner.browser.call('POST', `/members/${removed.userId}/remove`, owner.token, { handOverTo: null })
  await leaving.browser.call('POST', '/organization/leave', leaving.token, { handOverTo: null })
  expect(await teamsOf(owner)).toMatchObject([
    { name: 'North', memberIds: [owner.userId], leadId: null, version: 3 },
    { name: 'South', memberIds: [], version: 2 },
  ])
  const changes = await auth.emitted(teamMembersChanged, owner.organizationId)
  expect(changes.map(({ data }) => data.removed)).toEqual([[removed.userId], [removed.userId], [leaving.userId]])
  expect(await auth.emitted(memberRemoved, owner.organizationId)).toHaveLength(2)
})

it('answers for a team of another organisation as for none', async () => {
  const [ours, theirs] = [await founder(auth), await founder(auth)]
  const { body: team } = await make(ours)
  const ask = async (id: string) => [
    await theirs.browser.get(`/teams/${id}`, theirs.token),
    await change(theirs, { id, version: 1 }, { name: 'Mine' }),
    await theirs.browser.call('DELETE', `/teams/${id}`, theirs.token),
  ]
  const shape = (answers: Awaited<ReturnType<typeof ask>>) => answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
  expect(shape(await ask(team.id))).toEqual(shape(await ask(crypto.randomUUID())))
  expect((await ask(team.id)).map(({ status }) => status)).toEqual([404, 404, 404])
  expect(await teamsOf(theirs)).toEqual([])
  expect(await teamsOf(ours)).toHaveLength(1)
})

it('needs the permission to change, and to see the members to read', async () => {
  const owner = await founder(auth)
  const manager = await colleague(auth, owner, 'manager')
  const { body: team } = await make(owner)
  const answers = [await make(manager, { name: 'Mine' }), await change(manager, team, { name: 'Mine' })]
  answers.push(await manager.browser.call('DELETE', `/teams/${team.id}`, manager.token))
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  const blind = await auth.signIn({ organizationId: owner.organizationId, permissions: ['auth.team.manage'] })
  expect([(await blind.get('/teams')).status, (await blind.get(`/teams/${team.id}`)).status]).toEqual([403, 403])
})
