import type { Agent, TestService } from '@ai-crm/testing'
import { beforeAll, describe, expect, it } from 'vitest'

/** A running crm whose search is answered by the finder in question. */
export interface FinderFixture {
  readonly crm: TestService
  /** Everything that was written can be found, if it ever will be. */
  settled(): Promise<void>
}

const CONTACTS = [
  { name: 'Пётр Иванов', email: 'petr@roga.example', company: 'Рога и Копыта' },
  { name: 'Anna Smith', email: 'anna.smith@acme.example', phone: '+44 20 7946 0958', company: 'Acme' },
  { name: 'Anna Schmidt', company: '100% Wolle_GmbH', phone: '8 (912) 345-67-89' },
  { name: 'Щукин Олег', note: 'Smith knows him', telegrams: [{ username: 'oleg_fish' }] },
]

/** What every finder of records has to do, seen from outside: through the endpoint that people search by. */
export function conformsAsFinder({ crm, settled }: FinderFixture): void {
  const found = async (who: Agent, query: string, more = '') => {
    const { status, body } = await who.get(`/search?query=${encodeURIComponent(query)}${more}`)
    expect(status).toBe(200)
    return {
      order: body.order,
      contacts: body.contacts.map(({ name }: { name: string }) => name),
      companies: body.companies.map(({ name }: { name: string }) => name),
      deals: body.deals.map(({ title }: { title: string }) => title),
      tasks: body.tasks.map(({ title }: { title: string }) => title),
      notes: body.notes.map(({ body: text }: { body: string }) => text),
    }
  }
  const nothing = { order: [], contacts: [], companies: [], deals: [], tasks: [], notes: [] }
  const contacts = async (who: Agent, query: string, more = '') => (await found(who, query, more)).contacts

  describe('words', () => {
    let agent: Agent
    beforeAll(async () => {
      agent = await crm.signIn()
      for (const contact of CONTACTS) expect((await agent.post('/contacts', contact, { 'accept-language': 'ru-RU' })).status).toBe(201)
      await settled()
    })

    it.each([
      ['smith', ['Anna Smith'], 'a word, but not in the note'],
      ['ANNA', ['Anna Schmidt', 'Anna Smith'], 'in any case'],
      ['mit', ['Anna Smith'], 'a fragment'],
      ['anna acme', ['Anna Smith'], 'every word, wherever it is'],
      ['an sc', ['Anna Schmidt'], 'two letters at the beginning of a word'],
      ['acme.exa', ['Anna Smith'], 'part of an address'],
      ['oleg_fi', ['Щукин Олег'], 'part of a Telegram name'],
      ['7946', ['Anna Smith'], 'part of a phone number'],
      ['+7 912 345', ['Anna Schmidt'], 'a number as it is dialled from abroad'],
      ['8-912-345-67-89', ['Anna Schmidt'], 'a number as it is dialled at home'],
      ['иванов', ['Пётр Иванов'], 'Cyrillic'],
      ['ivanov', ['Пётр Иванов'], 'Cyrillic in Latin letters'],
      ['смит', ['Anna Smith'], 'Latin letters in Cyrillic'],
      ['петр', ['Пётр Иванов'], 'е for ё'],
      ['рога копыта', ['Пётр Иванов'], 'words of the company'],
      ['smiht', ['Anna Smith'], 'with two letters exchanged'],
      ['schmmidt', ['Anna Schmidt'], 'with a letter too many'],
      ['иваноф', ['Пётр Иванов'], 'with a typo in Cyrillic'],
      ['anna smih', ['Anna Smith'], 'with a typo in one word'],
      ['bdfyjd', ['Пётр Иванов'], 'Russian typed in the English layout'],
      ['ыьшер', ['Anna Smith'], 'English typed in the Russian layout'],
      ['зуек"кщпф', ['Пётр Иванов'], 'an address typed in the Russian layout'],
      ['100%', ['Anna Schmidt'], 'a percent sign as itself'],
      ['wolle_g', ['Anna Schmidt'], 'an underscore as itself'],
      ['%%%', [], 'no wildcard'],
      ['*', [], 'no wildcard of another language'],
      ['nobody', [], 'nothing'],
      ['smith" OR organizationId:*', [], 'no language of queries'],
      ["'; drop table crm.contact; --", [], 'no SQL'],
    ])('finds %j: %j (%s)', async (words, names) => {
      expect((await contacts(agent, words)).toSorted()).toEqual(names.toSorted())
    })

    it('follows a record through change, deletion and restoring', async () => {
      const { body } = await agent.post('/contacts', { name: 'Grace Hopper' })
      await agent.patch(`/contacts/${body.id}`, { name: 'Grace Murray' }, { version: 1 })
      await settled()
      expect([await contacts(agent, 'hopper'), await contacts(agent, 'murray')]).toEqual([[], ['Grace Murray']])
      await agent.delete(`/contacts/${body.id}`)
      expect(await contacts(agent, 'murray')).toEqual([])
      await settled()
      expect(await contacts(agent, 'murray')).toEqual([])
      await agent.post('/record-operations', { record: 'contact', selection: { ids: [body.id] }, action: { do: 'restore' } })
      await crm.settle()
      await settled()
      expect(await contacts(agent, 'murray')).toEqual(['Grace Murray'])
    })

    it('leaves what was merged to what it was merged into', async () => {
      const { body: kept } = await agent.post('/contacts', { name: 'Katherine Johnson' })
      const { body: other } = await agent.post('/contacts', { name: 'Kathy Johnsson', email: 'kathy@nasa.example' })
      await settled()
      const { status } = await agent.post(`/contacts/${kept.id}/merge`, { otherId: other.id, otherVersion: 1, take: [] }, { 'if-match': '"1"' })
      expect(status).toBe(200)
      await settled()
      expect(await contacts(agent, 'kathy')).toEqual(['Katherine Johnson'])
    })

    it('refuses no words, too many letters and an unknown kind, and says so', async () => {
      for (const query of ['?query=', '?query=%20', `?query=${'a'.repeat(201)}`, '', '?query=a&record=person', '?query=a&limit=21'])
        expect((await agent.get(`/search${query}`)).status).toBe(400)
    })
  })

  describe('order', () => {
    let agent: Agent
    beforeAll(async () => {
      agent = await crm.signIn()
      for (const name of ['Johannes Marie', 'Marie-Luise Ott', 'Marie', 'Annemarie Koch', 'Rosa Marie']) await agent.post('/contacts', { name })
      await agent.post('/companies', { name: 'Marie', domains: ['marie.example'] })
      await agent.post('/companies', { name: 'Koch & Partner' })
      await agent.post('/deals', { title: 'Annemarie Koch renews' })
      await settled()
    })

    it('has who is called so first, then whose name begins so, then a word, then a part of one', async () => {
      const names = await contacts(agent, 'marie')
      expect([names[0], names[1], names.at(-1)]).toEqual(['Marie', 'Marie-Luise Ott', 'Annemarie Koch'])
      expect(names).toHaveLength(5)
    })

    it('takes words for misspelt only where nothing is spelt so', async () => {
      await agent.post('/contacts', { name: 'Maria' })
      await settled()
      expect(await contacts(agent, 'marie')).not.toContain('Maria')
      expect(await contacts(agent, 'maria')).toEqual(['Maria'])
    })

    it('has the kind with the best match first, and only the kind that is asked for', async () => {
      expect(await found(agent, 'koch')).toMatchObject({
        order: ['company', 'contact', 'deal'],
        companies: ['Koch & Partner'],
        deals: ['Annemarie Koch renews'],
      })
      expect(await found(agent, 'koch', '&record=deal')).toEqual({ ...nothing, order: ['deal'], deals: ['Annemarie Koch renews'] })
    })

    it('finds a company by a part of its domain', async () => {
      expect((await found(agent, 'marie.ex')).companies).toEqual(['Marie'])
    })

    it('answers no more of a kind than was asked for', async () => {
      expect(await contacts(agent, 'marie', '&limit=2')).toEqual(['Marie', 'Marie-Luise Ott'])
    })
  })

  describe('rights', () => {
    const read = ['crm.contact.read', 'crm.company.read', 'crm.deal.read'] as const
    let owner: Agent
    beforeAll(async () => {
      owner = await crm.signIn()
      for (let at = 0; at < 12; at++) await owner.post('/contacts', { name: `Zoe Number ${at}`, email: `zoe${at}@secret.example` })
      await owner.post('/companies', { name: 'Zoe Works', domains: ['secret-zoe.example'] })
      await owner.post('/deals', { title: 'Zoe buys' })
      await settled()
    })

    it('finds nothing of another organisation', async () => {
      const stranger = await crm.signIn()
      expect(await found(stranger, 'zoe')).toEqual(nothing)
      expect(await found(stranger, owner.organizationId)).toMatchObject({ order: [] })
    })

    it('finds only kinds that may be seen', async () => {
      const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions: ['crm.company.read'] })
      expect(await found(clerk, 'zoe')).toEqual({ ...nothing, order: ['company'], companies: ['Zoe Works'] })
      expect((await crm.app.inject({ method: 'GET', url: '/api/v1/search?query=zoe' })).statusCode).toBe(401)
    })

    it('finds one’s own among many that are not, and with a team what is nobody’s', async () => {
      const own = { contact: { read: 'own', write: 'own' } } as const
      const permissions = [...read, 'crm.contact.create'] as const
      const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions, scopes: own })
      expect(await contacts(clerk, 'zoe')).toEqual([])
      await clerk.post('/contacts', { name: 'Mine is called Zoe' })
      await owner.post('/contacts', { name: 'Nobody’s Zoe', ownerId: null })
      await settled()
      expect(await contacts(clerk, 'zoe')).toEqual(['Mine is called Zoe'])
      const team = { contact: { read: 'team', write: 'own' } } as const
      const member = await crm.signIn({ organizationId: owner.organizationId, userId: clerk.userId, permissions, scopes: team })
      expect((await contacts(member, 'zoe')).toSorted()).toEqual(['Mine is called Zoe', 'Nobody’s Zoe'])
    })

    it('finds nobody by a field that is hidden, and shows none', async () => {
      const fields = { contact: { email: 'hidden' }, company: { domains: 'hidden' } } as const
      const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions: read, fields })
      expect(await found(clerk, 'secret')).toEqual(nothing)
      expect(await contacts(owner, 'secret', '&limit=20')).toHaveLength(12)
      const { raw } = await clerk.get('/search?query=zoe')
      expect(raw.toString()).toContain('Zoe Number')
      expect(raw.toString()).not.toMatch(/secret|"email"|domains/)
    })

    it('forgives typos in what is shown, and lets nothing that is hidden keep it from being found', async () => {
      const other = await crm.signIn()
      await other.post('/contacts', { name: 'Marianne', email: 'somebody@else.example' })
      await other.post('/contacts', { name: 'Nobody', email: 'mariane@else.example' })
      await settled()
      const clerk = await crm.signIn({ organizationId: other.organizationId, permissions: read, fields: { contact: { email: 'hidden' } } })
      expect(await contacts(other, 'mariane')).toEqual(['Nobody'])
      expect(await contacts(clerk, 'mariane')).toEqual(['Marianne'])
      expect(await contacts(clerk, 'somebodi')).toEqual([])
    })
  })

  describe('tasks and notes', () => {
    const own = { contact: { read: 'own', write: 'own' } } as const
    let owner: Agent
    let contactId: string
    beforeAll(async () => {
      owner = await crm.signIn()
      contactId = (await owner.post('/contacts', { name: 'Wilhelm Tell' })).body.id
      await owner.post('/tasks', { title: 'Send the brochure', note: 'Mention crossbows', contactId })
      await owner.post('/tasks', { title: 'Crossbows: order two' })
      await owner.post('/record-notes', { body: 'Prefers apples.\nHas opinions about crossbows, Щука и Гесслер.', contactId })
      await settled()
    })

    it('finds tasks by title and note, and notes by their text, however they are written', async () => {
      expect(await found(owner, 'crossbows')).toMatchObject({
        order: ['task', 'note'],
        tasks: ['Crossbows: order two', 'Send the brochure'],
        notes: [expect.stringContaining('apples')],
      })
      for (const words of ['gessler', 'opinions apples', 'crossbows щука', 'crosbows apples', 'utcckth'])
        expect((await found(owner, words)).notes, words).toHaveLength(1)
      expect((await found(owner, 'brochuer')).tasks).toEqual(['Send the brochure'])
      const { body } = await owner.get('/search?query=gessler&record=note')
      expect(body).toMatchObject({ order: ['note'], tasks: [], notes: [{ contactId, aboutName: 'Wilhelm Tell' }] })
    })

    it('follows both through change and deletion', async () => {
      const task = (await owner.post('/tasks', { title: 'Polish the arrows' })).body
      const note = (await owner.post('/record-notes', { body: 'Sharpens arrows', contactId })).body
      await owner.patch(`/tasks/${task.id}`, { title: 'Polish the bolts' }, { version: 1 })
      await owner.patch(`/record-notes/${note.id}`, { body: 'Sharpens bolts' }, { version: 1 })
      await settled()
      expect(await found(owner, 'arrows')).toEqual(nothing)
      expect(await found(owner, 'bolts')).toMatchObject({ tasks: ['Polish the bolts'], notes: ['Sharpens bolts'] })
      await owner.delete(`/tasks/${task.id}`)
      await owner.delete(`/record-notes/${note.id}`)
      expect(await found(owner, 'bolts')).toEqual(nothing)
      await settled()
      expect(await found(owner, 'bolts')).toEqual(nothing)
    })

    it('shows them to whoever sees what they are about, tasks to those whose they are, and nothing of another organisation', async () => {
      const permissions = ['crm.contact.read', 'crm.contact.create', 'crm.task.read', 'crm.task.create', 'crm.note.read', 'crm.note.create'] as const
      const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions, scopes: own })
      expect(await found(clerk, 'crossbows')).toEqual(nothing)
      const mine = (await clerk.post('/contacts', { name: 'Walter' })).body.id
      await clerk.post('/record-notes', { body: 'No crossbows for him', contactId: mine })
      await clerk.post('/tasks', { title: 'Hide the crossbows' })
      await settled()
      expect(await found(clerk, 'crossbows')).toEqual({ ...nothing, order: ['task', 'note'], tasks: ['Hide the crossbows'], notes: ['No crossbows for him'] })
      expect(await found(await crm.signIn(), 'crossbows')).toEqual(nothing)
    })

    it('shows none of them without the permission to read them', async () => {
      const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions: ['crm.contact.read', 'crm.company.read', 'crm.deal.read'] })
      expect(await found(clerk, 'crossbows')).toEqual(nothing)
    })
  })
}
