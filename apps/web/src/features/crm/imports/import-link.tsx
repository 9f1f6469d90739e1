import type { ListRecord } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Tooltip } from '../../../ui/tooltip.tsx'

/** From a list to where records are brought from a file. */
export function ImportLink({ record }: { record: ListRecord }) {
  const { t } = useTranslation()
  const canImport = useCan('crm.contact.import')
  if (!canImport) return null
  return (
    <Tooltip text={t(`imports.openOf.${record}`)}>
      <Link
        to="/import"
        aria-label={t(`imports.openOf.${record}`)}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-hover hover:text-ink [&_svg]:size-4"
      >
        <FileUp />
      </Link>
    </Tooltip>
  )
}
