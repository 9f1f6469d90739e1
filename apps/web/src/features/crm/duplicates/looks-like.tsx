import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useSettled } from '../../../lib/use-settled.ts'
import { contactsLikeQuery, type Likeness } from './queries.ts'
import { Reasons } from './reasons.tsx'

const SETTLED_MS = 400

/** Says who somebody that is being typed in looks like. It keeps nobody from going on. */
export function LooksLike({ typed, onOpen }: { typed: Likeness; onOpen: () => void }) {
  const { t } = useTranslation()
  const canRead = useCan('crm.contact.read')
  const settled = useSettled(typed, SETTLED_MS)
  const isEnough = [settled.name, settled.email, settled.phone].some((text) => (text ?? '').length > 3)
  const { data } = useQuery({ ...contactsLikeQuery(settled), enabled: canRead && isEnough })
  const found = isEnough ? (data?.items ?? []) : []
  return (
    <div role="status" className="sm:col-span-2 empty:hidden">
      {found.length > 0 && (
        <div className="flex flex-col gap-2 rounded-xl border border-warn-line bg-warn-soft px-3.5 py-2.5 text-sm">
          <p className="flex items-center gap-2 font-medium">
            <UsersRound aria-hidden className="size-4 shrink-0 text-warn" />
            {t('duplicates.looksLike')}
          </p>
          <ul className="flex flex-col gap-1.5">
            {found.map(({ record, reasons }) => (
              <li key={record.id} className="flex flex-wrap items-center gap-2">
                <Link to="/contacts/$contactId" params={{ contactId: record.id }} onClick={onOpen} className="font-medium hover:underline">
                  {record.name}
                </Link>
                {record.company && <span className="text-muted">{record.company}</span>}
                <Reasons reasons={reasons} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
