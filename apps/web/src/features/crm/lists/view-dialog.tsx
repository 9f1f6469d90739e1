import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'

interface ViewDialogProps {
  title: string
  name?: string
  isOpen: boolean
  error: Error | null
  isBusy: boolean
  /** Whether it is asked whose the view is. */
  canShare: boolean
  onClose: () => void
  onSave: (named: { name: string; isShared: boolean }) => void
}

/** What a view is called, and whether everybody has it. */
export function ViewDialog({ title, name, isOpen, error, isBusy, canShare, onClose, onSave }: ViewDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        {error && <ProblemNote error={error} />}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            const form = new FormData(event.currentTarget)
            onSave({ name: formText(form, 'name'), isShared: form.get('isShared') === 'on' })
          }}
        >
          <TextField label={t('lists.views.name')} name="name" required maxLength={100} defaultValue={name ?? ''} error={explainField(error, 'name', t)} />
          {canShare && (
            <label className="flex items-center gap-2 text-sm">
              <input type="checkbox" name="isShared" className="size-4 accent-(--color-accent)" />
              {t('lists.views.forAll')}
            </label>
          )}
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={isBusy}>
          {t('common.save')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
