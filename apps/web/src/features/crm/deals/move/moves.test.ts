import { ProblemError } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { removedStage } from '../../../../lib/pipelines/stages.ts'
import { askedAfter, wayBack, type Move } from './moves.ts'

const stage = removedStage('won', 'Won')
const moveOf = (id: string, part: Partial<Move> = {}): Move => ({ deal: { id, title: id, stage: 'new' }, to: stage, ...part })
const missing = (...fields: string[]) =>
  new ProblemError({
    type: 'about:blank',
    title: '',
    status: 422,
    code: 'crm.field.values_missing',
    detail: '',
    requestId: '',
    errors: fields.map((field) => ({ field: `/${field}`, message: '' })),
  })

it('opens a dialog for what values help, and leaves everything else to be told', () => {
  expect(askedAfter(null, moveOf('a'), missing('amountMinor'))).toMatchObject({ keys: ['amountMinor'], error: null })
  expect(askedAfter(null, moveOf('a', { fields: { ownerId: null } }), new Error('forbidden'))).toBeNull()
})

it('lets no move take the dialog of another, and asks more of the one that has it', () => {
  const open = askedAfter(null, moveOf('a'), missing('amountMinor'))
  expect(askedAfter(open, moveOf('b'), missing('companyId'))).toBeNull()
  const error = new Error('unreachable')
  expect(askedAfter(open, moveOf('a'), missing('companyId'))?.keys).toEqual(['amountMinor', 'companyId'])
  expect(askedAfter(open, moveOf('a'), error)).toMatchObject({ keys: ['amountMinor'], error })
})

it('takes a deal back with what its lane had given it, also within one stage, and forth again', () => {
  const deal = (stageId: string) => ({ ...moveOf('a').deal, stage: stageId })
  const back = { beforeId: null, afterId: 'b' }
  expect(wayBack(moveOf('a', { back }), deal('new'), stage)).toBeNull()
  expect(wayBack(moveOf('a', { back }), deal('won'), stage)).toMatchObject({ deal: deal('won'), to: stage, ...back })
  const lane = { back: { ...back, fields: { ownerId: 'u' } }, fields: { ownerId: 'v' } }
  const returned = wayBack(moveOf('a', lane), deal('new'), stage)
  expect(returned).toMatchObject({ afterId: 'b', fields: { ownerId: 'u' }, back: { afterId: null, fields: { ownerId: 'v' } } })
})
