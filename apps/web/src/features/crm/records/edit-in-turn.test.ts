import { expect, it } from 'vitest'
import { editInTurn } from './edit-in-turn.ts'

const server = () => {
  let version = 7
  return {
    colleague: () => (version += 1),
    update: async (ifMatch: number) => {
      if (ifMatch !== version) throw new Error(`412: it is version ${version}`)
      return { version: (version += 1) }
    },
  }
}

it('builds an own change on the own one before it, though the screen showed the version before both', async () => {
  const { update } = server()
  for (let count = 0; count < 3; count++) await editInTurn('one', 7, update)
  await expect(editInTurn('one', 7, update)).resolves.toEqual({ version: 11 })
})

it('conflicts with what somebody else changed meanwhile', async () => {
  const { update, colleague } = server()
  await editInTurn('two', 7, update)
  colleague()
  await expect(editInTurn('two', 7, update)).rejects.toThrow('412')
})
