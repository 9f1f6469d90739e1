import { useState } from 'react'
import { z } from 'zod'

const Folded = z.record(z.string(), z.boolean())
const KEY = 'ai-crm.folded-stages'

function read(): Readonly<Record<string, boolean>> {
  try {
    return Folded.safeParse(JSON.parse(localStorage.getItem(KEY) ?? '{}')).data ?? {}
  } catch {
    return {}
  }
}

/** Which columns are folded on this device; what nobody has said yet is null. */
export function useFolded(): { of: (stageId: string) => boolean | null; fold: (stageIds: readonly string[], isFolded: boolean) => void } {
  const [folded, setFolded] = useState(read)
  return {
    of: (stageId) => folded[stageId] ?? null,
    fold: (stageIds, isFolded) => {
      const next = { ...folded, ...Object.fromEntries(stageIds.map((id) => [id, isFolded])) }
      setFolded(next)
      localStorage.setItem(KEY, JSON.stringify(next))
    },
  }
}
