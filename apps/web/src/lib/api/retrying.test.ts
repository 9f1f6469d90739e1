import { ProblemError } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { retrying } from './retrying.ts'

const failure = (status: number) => new ProblemError({ type: 'x', title: 'x', status, code: 'x', detail: 'x', requestId: 'r' })
const noWait = async () => undefined

function failing(...statuses: number[]) {
  const rest = [...statuses]
  let tries = 0
  const task = async () => {
    tries += 1
    const status = rest.shift()
    if (status !== undefined) throw failure(status)
    return 'done'
  }
  return { task, tries: () => tries }
}

it('tries again when no answer came or a part restarts, three times at most', async () => {
  expect(await retrying(failing(0, 503).task, noWait)).toBe('done')
  await expect(retrying(failing(0, 0, 503).task, noWait)).rejects.toThrow()
})

it('takes a refusal at its word', async () => {
  const refused = failing(409)
  await expect(retrying(refused.task, noWait)).rejects.toThrow()
  expect(refused.tries()).toBe(1)
})
