import { ProblemError, type DealStage, type GivenCustom } from '@ai-crm/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { CustomInputs, useCustomForm } from '../fields/custom-inputs.tsx'
import { useFields } from '../fields/queries.ts'

const MISSING = 'crm.field.values_missing'

/** Ids of the fields that a refused move asks for; null where that is not why it was refused. */
export function missingIn(error: Error | null): readonly string[] | null {
  if (!(error instanceof ProblemError) || error.code !== MISSING) return null
  return (error.problem.errors ?? []).map(({ field }) => field.replace('/custom/', ''))
}

interface MissingValuesDialogProps {
  stage: DealStage
  fieldIds: readonly string[]
  move: { readonly error: Error | null; readonly isPending: boolean; mutate: (change: { stage: DealStage; custom: GivenCustom }) => void }
  onClose: () => void
}

/** Asks for what the stage demands, and moves the deal with it. */
export function MissingValuesDialog({ stage, fieldIds, move, onClose }: MissingValuesDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const fields = useFields('deal').filter(({ id }) => fieldIds.includes(id))
  const form = useCustomForm(fields)
  return (
    <Dialog title={t('fields.stageTitle', { stage: t(`deals.stages.${stage}`) })} isOpen onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{t('fields.stageText', { count: fields.length })}</p>
        {move.error && missingIn(move.error) === null && <ProblemNote error={move.error} />}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            form.show()
            if (form.custom) move.mutate({ stage, custom: form.custom })
          }}
        >
          <CustomInputs form={form} error={move.error} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={move.isPending}>
          {t('fields.stageMove')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
