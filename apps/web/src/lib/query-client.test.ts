import { ProblemError } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { queryClient } from './query-client.ts'

const refused = (status: number) => new ProblemError({ type: 'x', title: 'x', status, code: 'x', detail: 'x', requestId: 'r' })

it.each([
  [403, undefined],
  [404, undefined],
  [409, 'seen'],
])('keeps nothing of what may not be seen any more (%i)', async (status, kept) => {
  const queryKey = ['record', status]
  queryClient.setQueryData(queryKey, 'seen')
  await expect(queryClient.fetchQuery({ queryKey, staleTime: 0, queryFn: () => Promise.reject(refused(status)) })).rejects.toThrow()
  expect(queryClient.getQueryData(queryKey)).toBe(kept)
})
