import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { foundOrganizationOpen } from '../../../lib/open-store.ts'
import { foundOrganization } from '../../../lib/session/switch-organization.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'

/** Opened by the switcher, the palette and the settings; drawn once, by the shell. */
export function FoundOrganizationDialog() {
  const { t, i18n } = useTranslation()
  const formId = useId()
  const isOpen = foundOrganizationOpen.use()
  const close = () => foundOrganizationOpen.set(false)
  const found = useMutation({ mutationFn: (name: string) => foundOrganization(name, i18n.language === 'ru' ? 'ru' : 'en') })
  return (
    <Dialog title={t('organizations.foundTitle')} isOpen={isOpen} onClose={close}>
      <DialogBody>
        <p className="text-muted">{t('organizations.foundText')}</p>
        {found.error && <ProblemNote error={found.error} />}
        <form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault()
            found.mutate(formText(new FormData(event.currentTarget), 'name'))
          }}
        >
          <TextField label={t('organizations.name')} name="name" required maxLength={100} error={fieldProblem(found.error, 'name')} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={found.isPending || found.isSuccess}>
          {t('organizations.foundAction')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
