import { CornerDownLeft, PencilLine, Sparkles, SendHorizontal, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button } from '../../../ui/button.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { RegenerateMenu } from './regenerate-menu.tsx'
import type { useDraftDecisions } from './use-draft-decisions.ts'

interface DraftActionsProps {
  kind: 'writing' | 'waiting' | 'stale' | 'failed'
  isEditing: boolean
  hasNewer: boolean
  decisions: ReturnType<typeof useDraftDecisions>
  onApprove: () => void
  onReject: () => void
  onEdit: () => void
  onStopEditing: () => void
  onUse: () => void
}

/** `A` only brings the focus to the button: sending takes a second, deliberate press. */
function ApproveButton({ isEditing, isStale, isBusy, onApprove }: { isEditing: boolean; isStale: boolean; isBusy: boolean; onApprove: () => void }) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  useShortcut({ keys: 'a', label: t('shortcuts.approve'), group: 'conversation', run: () => button.current?.focus() })
  return (
    <Button ref={button} kind="primary" icon={<SendHorizontal />} shortcut="a" disabled={isStale} isBusy={isBusy} onClick={onApprove}>
      {isEditing ? t('draft.approveEdited') : t('draft.approve')}
      {!isStale && <Kbd keys="a" />}
    </Button>
  )
}

export function DraftActions({ kind, isEditing, hasNewer, decisions, onApprove, onReject, onEdit, onStopEditing, onUse }: DraftActionsProps) {
  const { t } = useTranslation()
  const canDecide = useCan('ai.draft.decide')
  const canGenerate = useCan('ai.draft.generate')
  const { generate, approve, reject } = decisions
  if (kind === 'writing') return null
  const isStale = kind === 'stale'
  return (
    <footer className="flex flex-wrap items-center gap-2 px-3.5">
      {canDecide && kind !== 'failed' && <ApproveButton isEditing={isEditing} isStale={isStale} isBusy={approve.isPending} onApprove={onApprove} />}
      {canDecide && !isEditing && kind === 'waiting' && (
        <Button icon={<PencilLine />} onClick={onEdit}>
          {t('draft.edit')}
        </Button>
      )}
      {isEditing && (
        <Button kind="quiet" onClick={onStopEditing}>
          {hasNewer ? t('draft.seeNewer') : t('draft.stopEditing')}
        </Button>
      )}
      {kind !== 'failed' && (
        <Button kind="quiet" icon={<CornerDownLeft />} title={t('draft.useHint')} onClick={onUse}>
          {t('draft.use')}
        </Button>
      )}
      <span className="flex-1" />
      {canDecide && kind === 'waiting' && !isEditing && (
        <Button kind="quiet" icon={<X />} isBusy={reject.isPending} onClick={onReject}>
          {t('draft.reject')}
        </Button>
      )}
      {canGenerate && !isEditing && <RegenerateMenu kind={isStale ? 'primary' : 'ai'} isBusy={generate.isPending} onChoose={(wish) => generate.mutate(wish)} />}
      {canGenerate && isEditing && isStale && !hasNewer && (
        <Button kind="ai" icon={<Sparkles />} isBusy={generate.isPending} onClick={() => generate.mutate({})}>
          {t('draft.regenerate')}
        </Button>
      )}
    </footer>
  )
}
