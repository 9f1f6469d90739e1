import type { Contact } from '@ai-crm/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explainField } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { CountsList, KeptCounts } from './counts-list.tsx'
import { erasuresQuery, personCountsQuery } from './queries.ts'

interface EraseDialogProps {
  /** Living or in the trash. */
  contact: Pick<Contact, 'id' | 'name'>
  isOpen: boolean
  onClose: () => void
  onErasing: () => void
}

/** What would go and where, and the name typed: there is no way back. */
export function EraseDialog({ contact, isOpen, onClose, onErasing }: EraseDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('person.eraseTitle', { name: contact.name })} isOpen={isOpen} onClose={onClose}>
      <EraseForm contact={contact} onClose={onClose} onErasing={onErasing} />
    </Dialog>
  )
}

function EraseForm({ contact, onClose, onErasing }: Omit<EraseDialogProps, 'isOpen'>) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [typed, setTyped] = useState('')
  const erase = useCommand({
    run: (name: string, idempotencyKey) => api.crm.erasePerson({ params: { contactId: contact.id }, body: { name }, idempotencyKey }),
    onSuccess: () => {
      onErasing()
      cache.removeQueries({ queryKey: ['crm', 'contact', contact.id] })
      void cache.invalidateQueries({ queryKey: ['crm', 'contacts'] })
      void cache.invalidateQueries({ queryKey: ['crm', 'trash'] })
      void cache.invalidateQueries({ queryKey: erasuresQuery.queryKey })
    },
  })
  const fieldError = explainField(erase.error, 'name', t)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        erase.mutate(typed)
      }}
    >
      <DialogBody>
        {erase.error && fieldError === undefined && <ProblemNote error={erase.error} />}
        <p className="text-pretty">{t('person.eraseText')}</p>
        <WouldGo contactId={contact.id} />
        <p className="text-xs text-muted text-pretty">{t('person.eraseKeeps')}</p>
        <TextField
          label={t('person.typeName', { name: contact.name })}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          error={fieldError}
          onChange={({ target }) => setTyped(target.value)}
        />
      </DialogBody>
      <DialogActions>
        <Button type="button" data-first-focus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" kind="danger" disabled={typed.trim() !== contact.name.trim()} isBusy={erase.isPending}>
          {t('person.erase')}
        </Button>
      </DialogActions>
    </form>
  )
}

function WouldGo({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(personCountsQuery(contactId))
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={2} label={t('common.loading')} />
  return (
    <dl className="flex flex-col gap-2 rounded-xl border border-line p-3">
      {data.map(({ service, part }) => (
        <div key={service} className="flex flex-col gap-0.5">
          <dt className="text-xs font-medium text-faint">{t(`person.services.${service}`)}</dt>
          <dd className="flex flex-col gap-1">
            <CountsList counts={part.erased} />
            <KeptCounts counts={part.kept} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
