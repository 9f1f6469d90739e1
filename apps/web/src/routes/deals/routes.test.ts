import { afterEach, expect, it, vi } from 'vitest'
import { dealsRoute } from './routes.ts'

afterEach(() => vi.unstubAllGlobals())

it('leads to the board from elsewhere only, never from the list itself', () => {
  vi.stubGlobal('localStorage', { getItem: () => 'board' })
  const enter = (cause: string, search: object) => Reflect.apply(dealsRoute.options.beforeLoad ?? (() => undefined), undefined, [{ cause, search }])
  expect(() => enter('enter', {})).toThrow()
  for (const [cause, search] of [
    ['enter', { owner: 'me' }],
    ['stay', {}],
    ['preload', {}],
  ] as const)
    expect(enter(cause, search)).toBeUndefined()
})
