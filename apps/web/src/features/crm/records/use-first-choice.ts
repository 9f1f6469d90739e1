import { useEffect, useState } from 'react'

/** What Enter takes in a list that is found by typing: the first choice whenever another one is first, and what the arrows chose after that. */
export function useFirstChoice(first: string | undefined): [string, (value: string) => void] {
  const [chosen, setChosen] = useState(first ?? '')
  useEffect(() => setChosen(first ?? ''), [first])
  return [chosen, setChosen]
}
