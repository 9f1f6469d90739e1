import { OPTION_COLORS, type Pipeline, type StageKind } from '@ai-crm/contracts'
import { useState } from 'react'
import { useVersionedDraft } from '../../../lib/use-versioned-draft.ts'
import {
  draftOf,
  updateOf,
  withMoved,
  withNewStage,
  withoutStage,
  withPlaced,
  wrongIn,
  type Beside,
  type PipelineDraft,
  type StageDraft,
} from '../stages/stage-draft.ts'
import { usePipelineCommands } from './use-pipeline-commands.ts'

/** A pipeline while it is edited. */
export function usePipelineDraft(pipeline: Pipeline, onSaved: () => void) {
  const { base, draft, isChanged, setDraft, keepTyped, reset } = useVersionedDraft(pipeline, draftOf, updateOf)
  const [isShown, setIsShown] = useState(false)
  const { update } = usePipelineCommands()
  const set = (part: Partial<PipelineDraft>) => setDraft((now) => ({ ...now, ...part }))
  const stages = draft.stages
  return {
    draft,
    isShown,
    error: update.error,
    isSaving: update.isPending,
    isChanged,
    set,
    changeStage: (key: string, part: Partial<StageDraft>) => set({ stages: stages.map((stage) => (stage.key === key ? { ...stage, ...part } : stage)) }),
    addStage: (kind: StageKind) => set({ stages: withNewStage(stages, kind, OPTION_COLORS[stages.length % OPTION_COLORS.length] ?? 'gray') }),
    moveStage: (key: string, by: -1 | 1) => set({ stages: withMoved(stages, key, by) }),
    placeStage: (key: string, beside: Beside) => set({ stages: withPlaced(stages, key, beside) }),
    /** `into`: where its deals go; null: it has not been stored yet. Whatever was to go there goes on too. */
    removeStage: (stage: StageDraft, into: string | null) => {
      const moves =
        into === null || !stage.id
          ? draft.moves
          : { ...Object.fromEntries(Object.entries(draft.moves).map(([id, to]) => [id, to === stage.id ? into : to])), [stage.id]: into }
      set({ stages: withoutStage(stages, stage), moves })
    },
    reset: () => {
      reset()
      setIsShown(false)
      update.reset()
    },
    save: () => {
      setIsShown(true)
      if (draft.name.trim() === '' || stages.some((stage) => wrongIn(stage) !== null)) return
      update.mutate(
        { pipeline: base, body: updateOf(draft) },
        {
          onSuccess: (saved) => {
            keepTyped(saved, draft)
            setIsShown(false)
            onSaved()
          },
        },
      )
    },
  }
}
