import { ProblemError, type MoveObstacle } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { demandedIn } from './demanded-keys.ts'

const refused = (...obstacles: Partial<MoveObstacle>[]) =>
  new ProblemError({
    type: 'about:blank',
    title: '',
    status: 422,
    code: 'crm.deal.move_refused',
    detail: '',
    requestId: '',
    context: { obstacles: obstacles.map((obstacle) => ({ rule: 'required-field', field: null, detail: '', ...obstacle })) },
  })

it('asks for each missing field once', () => {
  expect(demandedIn(refused({ field: 'amountMinor' }, { field: 'custom.f1' }, { field: 'amountMinor' }))).toEqual(['amountMinor', 'custom.f1'])
})

it('asks for nothing where values alone would not let the deal in', () => {
  expect(demandedIn(refused({ field: 'amountMinor' }, { rule: 'stage-full' }))).toBeNull()
  expect(demandedIn(refused({ field: null }))).toBeNull()
  expect(demandedIn(refused())).toBeNull()
  expect(demandedIn(new Error('unreachable'))).toBeNull()
  expect(demandedIn(null)).toBeNull()
})
