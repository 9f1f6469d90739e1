import { ProblemError } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { sendChange } from './send-change.ts'

const conflict = new ProblemError({ type: 'x', title: 'Conflict', status: 409, code: 'platform.version_conflict', detail: 'x', requestId: 'x' }, null)
/** A record on a server that takes changes of its newest version only. */
function server(version: number) {
  const tried: number[] = []
  return {
    tried,
    send: async (ifMatch: number) => {
      tried.push(ifMatch)
      if (ifMatch !== version) throw conflict
      return { id: 'a', version: version + 1 }
    },
    read: async () => ({ id: 'a', version }),
  }
}

it('sends again as of the newest version where a colleague changed another field, and tells what the record has become', async () => {
  const { send, read, tried } = server(7)
  const told: number[] = []
  const saved = await sendChange(read, { row: { id: 'a', version: 5 }, send, isStill: () => true }, ({ version }) => told.push(version))
  expect({ saved, tried, told }).toEqual({ saved: { id: 'a', version: 8 }, tried: [5, 7], told: [7] })
})

it('does not overwrite what a colleague gave the same cell', async () => {
  const { send, read, tried } = server(17)
  await expect(sendChange(read, { row: { id: 'b', version: 15 }, send, isStill: () => false }, () => undefined)).rejects.toBe(conflict)
  expect(tried).toEqual([15])
})
