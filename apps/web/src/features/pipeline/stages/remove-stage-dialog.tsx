import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice } from '../../../ui/field.tsx'

interface RemoveStageDialogProps {
  name: string
  /** Of its deals. */
  standing: number
  targets: readonly { readonly id: string; readonly label: string }[]
  onRemove: (into: string) => void
  onClose: () => void
}

/** Asks where the deals of a stage go that is removed. */
export function RemoveStageDialog({ name, standing, targets, onRemove, onClose }: RemoveStageDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const [into, setInto] = useState(targets[0]?.id ?? '')
  return (
    <Dialog title={t('pipelines.removeTitle', { name })} isOpen onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{t('pipelines.removeText', { count: standing })}</p>
        <form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault()
            onRemove(into)
          }}
        >
          <Choice
            label={t('pipelines.removeInto')}
            value={into}
            options={targets.map(({ id, label }) => ({ value: id, label }))}
            onChange={setInto}
            hint={t('pipelines.removeHint')}
          />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="danger" type="submit" form={formId} disabled={into === ''}>
          {t('pipelines.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
