import { FIRST_STAGES, type Pipeline } from '@ai-crm/contracts'
import i18next from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import * as ru from '../i18n/ru/words.ts'
import { pipelineName, stageLabel, stageName } from './stages.ts'

const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', version: 1 }
const sales: Pipeline = {
  id: '0198c5a0-0000-7000-8000-000000000001',
  name: 'Sales',
  position: 0,
  lostReasons: [],
  stages: [...FIRST_STAGES],
  handOver: { ownerId: null, tasks: [] },
  ...times,
}
const partners: Pipeline = {
  ...sales,
  id: '0198c5a0-0000-7000-8000-000000000002',
  name: 'Partners',
  stages: FIRST_STAGES.map((stage) => ({ ...stage, id: `p-${stage.id}` })),
}

beforeAll(() => i18next.init({ lng: 'ru', resources: { ru: { translation: { ...ru } } }, interpolation: { escapeValue: false } }))

it('translates the names that everybody begins with, and leaves those alone that somebody chose', () => {
  expect(stageName(i18next.t, { id: 'new', name: 'New' })).toBe('Новая')
  expect(stageName(i18next.t, { id: 'new', name: 'Lead' })).toBe('Lead')
  expect(stageName(i18next.t, { id: 'p-new', name: 'New' })).toBe('New')
  expect(pipelineName(i18next.t, sales)).toBe('Продажи')
})

it('names a stage by its id, with its pipeline where there are several, and says so when it is gone', () => {
  expect(stageLabel(i18next.t, [], 'won')).toBe('Выиграна')
  expect(stageLabel(i18next.t, [sales], 'won')).toBe('Выиграна')
  expect(stageLabel(i18next.t, [sales, partners], 'p-won')).toBe('Partners · Won')
  expect(stageLabel(i18next.t, [sales], '0198c5a0-0000-7000-8000-000000000003')).toBe('Прежний этап')
})
