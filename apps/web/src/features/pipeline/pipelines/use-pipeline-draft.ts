import { OPTION_COLORS, type Pipeline, type StageKind } from '@ai-crm/contracts'
import { useState } from 'react'
import { draftOf, updateOf, withMoved, withNewStage, withoutStage, wrongIn, type PipelineDraft, type StageDraft } from '../stages/stage-draft.ts'
import { usePipelineCommands } from './use-pipeline-commands.ts'

/** A pipeline while it is edited, as of the version on screen; saved as a whole. */
export function usePipelineDraft(pipeline: Pipeline, onSaved: () => void) {
  const [draft, setDraft] = useState(() => draftOf(pipeline))
  const [isShown, setIsShown] = useState(false)
  const { update } = usePipelineCommands()
  const set = (part: Partial<PipelineDraft>) => setDraft({ ...draft, ...part })
  const stages = draft.stages
  return {
    draft,
    isShown,
    error: update.error,
    isSaving: update.isPending,
    isChanged: JSON.stringify(updateOf(draft)) !== JSON.stringify(updateOf(draftOf(pipeline))),
    set,
    changeStage: (key: string, part: Partial<StageDraft>) => set({ stages: stages.map((stage) => (stage.key === key ? { ...stage, ...part } : stage)) }),
    addStage: (kind: StageKind) => set({ stages: withNewStage(stages, kind, OPTION_COLORS[stages.length % OPTION_COLORS.length] ?? 'gray') }),
    moveStage: (key: string, by: -1 | 1) => set({ stages: withMoved(stages, key, by) }),
    /** `into`: where its deals go; null: it has not been stored yet. Whatever was to go there goes on too. */
    removeStage: (stage: StageDraft, into: string | null) => {
      const moves =
        into === null || !stage.id
          ? draft.moves
          : { ...Object.fromEntries(Object.entries(draft.moves).map(([id, to]) => [id, to === stage.id ? into : to])), [stage.id]: into }
      set({ stages: withoutStage(stages, stage), moves })
    },
    reset: () => {
      setDraft(draftOf(pipeline))
      setIsShown(false)
      update.reset()
    },
    save: () => {
      setIsShown(true)
      if (draft.name.trim() === '' || stages.some((stage) => wrongIn(stage) !== null)) return
      update.mutate(
        { pipeline, body: updateOf(draft) },
        {
          onSuccess: (saved) => {
            setDraft(draftOf(saved))
            setIsShown(false)
            onSaved()
          },
        },
      )
    },
  }
}
