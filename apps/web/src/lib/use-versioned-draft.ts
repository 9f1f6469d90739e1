import { useCallback, useMemo, useState } from 'react'

interface Edited<Kept, Draft> {
  /** The changes began with it, and are saved as of its version. */
  readonly base: Kept
  readonly draft: Draft
}

/**
 * What is kept by version, while it is edited as a whole. Without changes it follows what colleagues do; with changes it stays what it began with,
 * so that saving is refused where somebody was faster. `draftOf` and `updateOf` are constants of a module; drafts of which the same update comes
 * are the same.
 */
export function useVersionedDraft<Kept extends { readonly version: number }, Draft>(
  kept: Kept,
  draftOf: (kept: Kept) => Draft,
  updateOf: (draft: Draft) => unknown,
) {
  const [edited, setEdited] = useState<Edited<Kept, Draft> | null>(null)
  const untouched = useMemo(() => ({ base: kept, draft: draftOf(kept) }), [kept, draftOf])
  const isChangedIn = useCallback(
    ({ base, draft }: Edited<Kept, Draft>) => JSON.stringify(updateOf(draft)) !== JSON.stringify(updateOf(draftOf(base))),
    [draftOf, updateOf],
  )
  const current = useCallback(
    (now: Edited<Kept, Draft> | null) => (now && (now.base.version >= kept.version || isChangedIn(now)) ? now : untouched),
    [kept, untouched, isChangedIn],
  )
  const { base, draft } = current(edited)
  return {
    base,
    draft,
    isChanged: isChangedIn({ base, draft }),
    setDraft: useCallback(
      (next: (draft: Draft) => Draft) =>
        setEdited((now) => {
          const from = current(now)
          return { base: from.base, draft: next(from.draft) }
        }),
      [current],
    ),
    /** `given` was saved; what was typed on meanwhile stays. */
    keepTyped: (saved: Kept, given: Draft) => setEdited((now) => ({ base: saved, draft: now && now.draft !== given ? now.draft : draftOf(saved) })),
    reset: () => setEdited(null),
  }
}
