import { CornerDownLeft, PencilLine, Sparkles, SendHorizontal, X } from 'lucide-react'
import { useRef, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { RegenerateMenu } from './regenerate-menu.tsx'
import type { useDraftDecisions } from './use-draft-decisions.ts'

interface DraftActionsProps {
  kind: 'writing' | 'waiting' | 'stale' | 'failed'
  isLocked: boolean
  isEditing: boolean
  /** Something is left that only a person knows: it must be filled in before approval. */
  isIncomplete: boolean
  hasNewer: boolean
  decisions: ReturnType<typeof useDraftDecisions>
  onApprove: () => void
  onReject: () => void
  onEdit: () => void
  onStopEditing: () => void
  onUse: () => void
}

/** `A` only brings the focus to the button, or to what has to be done before it: sending takes a second, deliberate press. */
interface ApproveButtonProps {
  isEditing: boolean
  isOff: boolean
  isBusy: boolean
  /** What is to be done while it is off. */
  before: RefObject<HTMLButtonElement | null>
  onApprove: () => void
}

function ApproveButton({ isEditing, isOff, isBusy, before, onApprove }: ApproveButtonProps) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  const bring = () => (isOff ? before : button).current?.focus()
  useShortcut({ keys: 'a', label: t('shortcuts.approve'), group: 'conversation', run: bring })
  return (
    <Button ref={button} kind="primary" icon={<SendHorizontal />} shortcut="a" disabled={isOff} isBusy={isBusy} onClick={onApprove}>
      {isEditing ? t('draft.approveEdited') : t('draft.approve')}
      {!isOff && <Kbd keys="a" />}
    </Button>
  )
}

export function DraftActions({
  kind,
  isLocked,
  isEditing,
  isIncomplete,
  hasNewer,
  decisions,
  onApprove,
  onReject,
  onEdit,
  onStopEditing,
  onUse,
}: DraftActionsProps) {
  const { t } = useTranslation()
  const canDecide = useCan('ai.draft.decide') && !isLocked
  const canGenerate = useCan('ai.draft.generate') && !isLocked
  const { generate, approve, reject } = decisions
  const before = useRef<HTMLButtonElement>(null)
  if (kind === 'writing') return null
  const isStale = kind === 'stale'
  return (
    <footer className="flex flex-wrap items-center gap-2 px-3.5">
      {isIncomplete && !isStale && <p className="w-full text-xs text-warn">{t('draft.incomplete')}</p>}
      {canDecide && kind !== 'failed' && (
        <ApproveButton isEditing={isEditing} isOff={isStale || isIncomplete} before={before} isBusy={approve.isPending} onApprove={onApprove} />
      )}
      {canDecide && !isEditing && kind === 'waiting' && (
        <Button ref={before} kind={isIncomplete ? 'primary' : 'plain'} icon={<PencilLine />} onClick={onEdit}>
          {isIncomplete ? t('draft.fillIn') : t('draft.edit')}
        </Button>
      )}
      {isEditing && (
        <Button kind="quiet" onClick={onStopEditing}>
          {hasNewer ? t('draft.seeNewer') : t('draft.stopEditing')}
        </Button>
      )}
      {kind !== 'failed' && !isLocked && (
        <Button kind="quiet" icon={<CornerDownLeft />} title={t('draft.useHint')} onClick={onUse}>
          {t('draft.use')}
        </Button>
      )}
      {!isEditing && (
        <div className="ml-auto flex items-center gap-2">
          {canDecide && kind === 'waiting' && (
            <IconButton label={t('draft.reject')} disabled={reject.isPending} onClick={onReject}>
              <X />
            </IconButton>
          )}
          {canGenerate && (
            <RegenerateMenu
              trigger={isStale ? before : null}
              kind={isStale ? 'primary' : 'ai'}
              isBusy={generate.isPending}
              onChoose={(wish) => generate.mutate(wish)}
            />
          )}
        </div>
      )}
      {canGenerate && isEditing && isStale && !hasNewer && (
        <Button ref={before} kind="ai" icon={<Sparkles />} isBusy={generate.isPending} onClick={() => generate.mutate({})}>
          {t('draft.regenerate')}
        </Button>
      )}
    </footer>
  )
}
