import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** Said loudly, because approving such a draft would answer the wrong question. */
export function StaleNote({ isEdited }: { isEdited: boolean }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className="flex items-start gap-2.5 px-3.5 text-warn">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div>
        <p className="font-semibold">{t('draft.staleTitle')}</p>
        <p className="text-xs">
          {t('draft.staleText')} {isEdited && t('draft.staleEdits')}
        </p>
      </div>
    </div>
  )
}
