import type { Organization } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { PackageOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explainField } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { organizationQuery } from '../organizations/queries.ts'
import { EXPORT_ANCHOR } from '../exports/anchor.ts'
import { useKeepOrganization } from './use-keep-organization.ts'

/** The end of the organisation, and the way back as long as there is one. For owners; others read why they see no button. */
export function DeletionSection({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const canDelete = useCan('auth.organization.delete')
  const [isOpen, setOpen] = useState(false)
  const keep = useKeepOrganization()
  const { deletion } = organization
  return (
    <Section title={t('departure.title')} text={t(canDelete ? 'departure.text' : 'departure.ownersOnly')}>
      {deletion && (
        <p>
          {t('departure.scheduled')} <Time form="full" at={deletion.erasesAt} className="font-medium" />
        </p>
      )}
      {keep.error && <ProblemNote error={keep.error} />}
      {canDelete && (
        <div>
          {deletion ? (
            <Button isBusy={keep.isPending} onClick={() => keep.mutate()}>
              {t('departure.keep')}
            </Button>
          ) : (
            <Button kind="danger" onClick={() => setOpen(true)}>
              {t('departure.delete')}
            </Button>
          )}
        </div>
      )}
      <Dialog title={t('departure.deleteTitle', { name: organization.name })} isOpen={isOpen} onClose={() => setOpen(false)}>
        <DeleteForm name={organization.name} onDone={() => setOpen(false)} />
      </Dialog>
    </Section>
  )
}

/** What is erased can be taken along before: leads to the part of the page above. */
function ExportFirst({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation()
  const go = () => {
    onGo()
    // The dialog gives the focus back first.
    setTimeout(() => {
      const place = document.getElementById(EXPORT_ANCHOR)
      place?.scrollIntoView({ block: 'start' })
      place?.focus({ preventScroll: true })
    })
  }
  return (
    <div>
      <Button icon={<PackageOpen />} onClick={go}>
        {t('exports.first')}
      </Button>
    </div>
  )
}

function DeleteForm({ name, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const remove = useCommand({
    run: (typedName: string) => api.auth.requestOrganizationDeletion({ body: { name: typedName } }),
    onSuccess: (organization) => {
      queries.setQueryData(organizationQuery.queryKey, organization)
      showToast({ kind: 'done', text: t('departure.isScheduled') })
      onDone()
    },
  })
  const fieldError = explainField(remove.error, 'name', t)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        remove.mutate(typed)
      }}
    >
      <DialogBody>
        {remove.error && fieldError === undefined && <ProblemNote error={remove.error} />}
        <p>{t('departure.deleteText')}</p>
        <ExportFirst onGo={onDone} />
        <TextField
          label={t('departure.typeName', { name })}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          error={fieldError}
          onChange={({ target }) => setTyped(target.value)}
        />
      </DialogBody>
      <DialogActions>
        <Button type="button" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" kind="danger" disabled={typed.trim() !== name.trim()} isBusy={remove.isPending}>
          {t('departure.deleteAction')}
        </Button>
      </DialogActions>
    </form>
  )
}
