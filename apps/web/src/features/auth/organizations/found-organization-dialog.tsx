import { useMutation } from '@tanstack/react-query'
import { DoorClosed } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { useSwitchedOff } from '../../../lib/flags/flags.ts'
import { formText } from '../../../lib/form-text.ts'
import { foundOrganizationOpen } from '../../../lib/open-store.ts'
import { foundOrganization } from '../../../lib/session/switch-organization.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState } from '../../../ui/states.tsx'

/** Opened by the switcher, the palette and the settings; drawn once, by the shell. */
export function FoundOrganizationDialog() {
  const { t } = useTranslation()
  const isClosed = useSwitchedOff('sign-up') !== null
  const isOpen = foundOrganizationOpen.use()
  const close = () => foundOrganizationOpen.set(false)
  return (
    <Dialog title={t('organizations.foundTitle')} isOpen={isOpen} onClose={close}>
      {isClosed ? <FoundingClosed onClose={close} /> : <FoundForm onClose={close} />}
    </Dialog>
  )
}

function FoundForm({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const formId = useId()
  const found = useMutation({ mutationFn: (name: string) => foundOrganization(name, i18n.language === 'ru' ? 'ru' : 'en') })
  return (
    <>
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
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={found.isPending || found.isSuccess}>
          {t('organizations.foundAction')}
        </Button>
      </DialogActions>
    </>
  )
}

/** Instead of the form: whoever has typed a name first is told too late. */
function FoundingClosed({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <DialogBody>
        <EmptyState icon={<DoorClosed />} title={t('switches.foundingOff.title')} text={t('switches.foundingOff.text')} />
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </DialogActions>
    </>
  )
}
