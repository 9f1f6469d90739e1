import type { MergeRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Merge as MergeIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useMayWrite } from '../../../lib/session/use-may-write.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Dialog, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { companyQuery } from '../companies/queries.ts'
import { contactQuery } from '../contacts/queries.ts'
import { RecordChoice } from '../fields/record-choice.tsx'
import { MergePane } from './merge-pane.tsx'
import type { Mergeable } from './queries.ts'

interface MergeWithProps {
  record: MergeRecord
  one: Mergeable
  nameOf: (userId: string) => string | null
}

/** That this record is somebody who is there twice: for what nobody has noticed as a pair. */
export function MergeWith({ record, one, nameOf }: MergeWithProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const mayMerge = [useCan(`crm.${record}.update`), useCan(`crm.${record}.delete`), useMayWrite(record, one.ownerId ?? null)].every(Boolean)
  useShortcut(mayMerge ? { keys: 'shift+m', label: t('duplicates.mergeWith'), group: 'record', run: () => setOpen(true) } : null)
  if (!mayMerge) return null
  return (
    <>
      <IconButton label={t('duplicates.mergeWith')} shortcut="shift+m" onClick={() => setOpen(true)}>
        <MergeIcon />
      </IconButton>
      <Dialog title={t('duplicates.mergeNamed', { name: one.name })} shape="wide" isOpen={isOpen} onClose={() => setOpen(false)}>
        <Choice record={record} one={one} nameOf={nameOf} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function Choice({ record, one, nameOf, onDone }: MergeWithProps & { onDone: () => void }) {
  const { t } = useTranslation()
  const [otherId, setOtherId] = useState('')
  const isItself = otherId === one.id
  return (
    <DialogBody>
      <div className="flex min-h-80 flex-col gap-4">
        <RecordChoice
          isFocused
          id="merge-with"
          field={{ label: t(`duplicates.find.${record}`) }}
          record={record}
          draft={{ text: otherId, currency: '', ids: [] }}
          onChange={({ text }) => setOtherId(text)}
        />
        {otherId === '' && <p className="text-sm text-pretty text-muted">{t('duplicates.findText')}</p>}
        {isItself && (
          <p role="alert" className="text-sm text-danger">
            {t('duplicates.itself')}
          </p>
        )}
        {otherId !== '' && !isItself && <Chosen key={otherId} otherId={otherId} {...{ record, one, nameOf, onDone }} />}
      </div>
    </DialogBody>
  )
}

function Chosen({ record, one, otherId, nameOf, onDone }: MergeWithProps & { otherId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const contact = useQuery({ ...contactQuery(otherId), enabled: record === 'contact' })
  const company = useQuery({ ...companyQuery(otherId), enabled: record === 'company' })
  const { data: other, error, refetch } = record === 'contact' ? contact : company
  if (error && !other) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!other) return <SkeletonRows count={4} label={t('common.loading')} />
  return <MergePane isChosen record={record} pair={{ one, other, score: 1, reasons: [] }} nameOf={nameOf} onDone={onDone} />
}
