import type { Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { describe, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

type Hidden = Readonly<Record<string, 'hidden'>>

const fieldOf = async (agent: Agent, body: object) => {
  const answer = await agent.post('/fields', { record: 'deal', ...body })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}

/** Of somebody else in the organisation, from whom some fields of deals are hidden. */
const whoSeesNo = (agent: Agent, hidden: Hidden, permissions: readonly Permission[] = ['crm.deal.read', 'crm.deal.export']) =>
  crm.signIn({ organizationId: agent.organizationId, permissions: [...permissions], fields: { deal: hidden } })

/** A deal of 5 euros, what a formula makes of it, what a second one makes of that, and one that names neither. */
async function fiveEuros() {
  const agent = await crm.signIn()
  const secret = await fieldOf(agent, { label: 'Margin', kind: 'number' })
  const double = await fieldOf(agent, { label: 'Double', kind: 'money', formula: 'amountMinor * 2' })
  const words = await fieldOf(agent, { label: 'Words', kind: 'text', formula: "IF({Double} > {Double}, 'less', 'telltale')" })
  const big = await fieldOf(agent, { label: 'Big', kind: 'checkbox', formula: 'not ISEMPTY({Double})' })
  const share = await fieldOf(agent, { label: 'Share', kind: 'number', formula: '{Margin} + 1' })
  const open = await fieldOf(agent, { label: 'Open', kind: 'number', formula: 'LENGTH(title)' })
  const { body: deal } = await agent.post('/deals', { title: 'Five', amountMinor: 500, currency: 'EUR', custom: { [secret.id]: 7 } })
  return { agent, deal, ids: { secret: secret.id, double: double.id, words: words.id, big: big.id, share: share.id, open: open.id } }
}

describe('what a formula makes of a field that the role hides', () => {
  it('is hidden as the field is, also where another formula makes more of it', async () => {
    const { agent, deal, ids } = await fiveEuros()
    const clerk = await whoSeesNo(agent, { amountMinor: 'hidden' })
    const shown = { [ids.secret]: 7, [ids.share]: 8, [ids.open]: 4 }
    expect((await clerk.get(`/deals/${deal.id}`)).body.custom).toEqual(shown)
    expect((await clerk.get('/deals')).body.items).toMatchObject([{ custom: shown }])
    expect((await (await whoSeesNo(agent, { [`custom.${ids.secret}`]: 'hidden' })).get(`/deals/${deal.id}`)).body.custom).toEqual({
      [ids.double]: { amountMinor: 1000, currency: 'EUR' },
      [ids.words]: 'telltale',
      [ids.big]: true,
      [ids.open]: 4,
    })
    expect((await clerk.get('/fields?record=deal')).body.items.map(({ id }: { id: string }) => id)).toEqual([ids.secret, ids.share, ids.open])
  })

  it('is found out neither by filters, orders, groups and sums, nor by words and exports', async () => {
    const { agent, ids } = await fiveEuros()
    const clerk = await whoSeesNo(agent, { amountMinor: 'hidden' })
    const [double, words] = [`custom.${ids.double}`, `custom.${ids.words}`]
    const filter = encodeURIComponent(JSON.stringify({ field: double, op: 'isNotEmpty' }))
    const ways = [`/deals?filter=${filter}`, `/deals?sort=${words}`, `/deals/summary?fields=${double}`, `/deals/summary?groupBy=custom.${ids.big}`]
    for (const way of ways) {
      expect([way, (await agent.get(way)).status]).toEqual([way, 200])
      expect([way, (await clerk.get(way)).status]).not.toEqual([way, 200])
    }
    for (const way of ['/deals?search=telltale', '/search?query=telltale']) {
      expect(JSON.stringify((await agent.get(way)).body)).toContain('Five')
      expect(JSON.stringify((await clerk.get(way)).body)).not.toContain('Five')
    }
    for (const format of ['csv', 'json']) {
      const file = String((await clerk.post(`/deals/export?format=${format}`)).raw)
      expect(file).toContain('Five')
      expect(file).not.toMatch(/telltale|1000|10\.00/)
    }
  })

  it('is hidden from the moment at which the formula names the field, and from answers that are given again', async () => {
    const { agent, ids } = await fiveEuros()
    const clerk = await whoSeesNo(agent, { amountMinor: 'hidden' }, ['crm.deal.read', 'crm.deal.create'])
    const made = () => clerk.post('/deals', { title: 'Seven' }, { 'idempotency-key': 'once' })
    expect((await made()).body.custom).toEqual({ [ids.open]: 5 })
    const { version } = (await agent.get('/fields?record=deal')).body.items.find(({ id }: { id: string }) => id === ids.open)
    expect(
      (
        await agent.patch(
          `/fields/${ids.open}`,
          { formula: 'FIRST(LENGTH(title), DAYS(expectedCloseOn, expectedCloseOn), IF(amountMinor > amountMinor, 1, 2))' },
          { version },
        )
      ).status,
    ).toBe(200)
    expect((await made()).body).toMatchObject({ title: 'Seven', custom: {} })
  })

  it('is known to be there by whoever manages fields, and goes on under another name', async () => {
    const { agent, ids } = await fiveEuros()
    const manager = await whoSeesNo(agent, { amountMinor: 'hidden' }, ['crm.deal.read', 'crm.field.manage'])
    const fields = () => manager.get('/fields?record=deal').then(({ body }) => body.items)
    const hidden = (await fields()).filter(({ isHidden }: { isHidden: boolean }) => isHidden)
    expect(hidden.map(({ id }: { id: string }) => id)).toEqual([ids.double, ids.words, ids.big])
    const [{ formula, version }] = hidden
    expect((await manager.patch(`/fields/${ids.double}`, { label: 'Twice', formula }, { version })).body).toMatchObject({ label: 'Twice', formula })
    expect((await manager.post('/fields/formula-preview', { record: 'deal', formula: `{custom.${ids.double}}` })).body).toMatchObject({
      code: 'crm.formula.unknown_name',
    })
    await manager.delete(`/fields/${ids.words}`)
    expect((await manager.post(`/fields/${ids.words}/restore`, undefined)).body).toMatchObject({ isHidden: true, formula: expect.any(String) })
  })
})
