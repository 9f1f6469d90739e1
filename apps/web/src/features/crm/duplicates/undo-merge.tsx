import type { MergeRecord } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { SeparationDialog } from './separation-dialog.tsx'

interface UndoMergeProps {
  record: MergeRecord
  mergeId: string
  name: string
}

/** The way back, where a story tells of a merge. */
export function UndoMerge({ record, mergeId, name }: UndoMergeProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const canUpdate = useCan(`crm.${record}.update`)
  const canDelete = useCan(`crm.${record}.delete`)
  if (!canUpdate || !canDelete) return null
  return (
    <>
      <button type="button" onClick={() => setAsking(true)} className="self-start text-xs font-medium text-accent-text hover:underline">
        {t('duplicates.unmerge')}
      </button>
      {isAsking && <SeparationDialog record={record} mergeId={mergeId} name={name} onClose={() => setAsking(false)} />}
    </>
  )
}
