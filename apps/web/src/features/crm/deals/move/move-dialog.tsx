import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedStage } from '../../../../lib/pipelines/stages.ts'
import { useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { Button } from '../../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../../ui/dialog.tsx'
import { ProblemNote } from '../../../../ui/problem.tsx'
import { demandedIn } from './demanded-keys.ts'
import { useDemandedForm, type MoveFields } from './demanded-form.ts'
import { DemandedInputs } from './demanded-inputs.tsx'

export interface MoveDialogProps {
  stage: PlacedStage
  /** Of the fields that the stage demands. */
  keys: readonly string[]
  move: { readonly error: Error | null; readonly isPending: boolean; mutate: (fields: MoveFields) => void }
  onClose: () => void
}

/** Asks for what a stage demands, of one that is lost for the reason too, and moves the deal with it. */
export function MoveDialog({ stage, keys, move, onClose }: MoveDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const name = useStageName()(stage)
  const form = useDemandedForm(keys, stage.kind === 'lost' && !keys.includes('lostReason') ? ['lostReason'] : [])
  return (
    <Dialog title={t('fields.stageTitle', { stage: name })} isOpen onClose={onClose}>
      <DialogBody>
        {keys.length > 0 && <p className="text-muted">{t('fields.stageText', { count: keys.length })}</p>}
        {move.error && demandedIn(move.error) === null && <ProblemNote error={move.error} />}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            form.show()
            if (form.fields) move.mutate(form.fields)
          }}
        >
          <DemandedInputs form={form} error={move.error} reasons={stage.pipeline?.lostReasons ?? []} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={move.isPending}>
          {t(keys.length > 0 ? 'fields.stageMove' : 'deals.moveAction')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
