import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'

const KNOWN = ['email', 'phone', 'telegram', 'mailbox', 'name-domain', 'name-company', 'name', 'domain', 'similar-name'] as const
const known = (reason: string) => KNOWN.find((candidate) => candidate === reason)

/** Why two are thought to be the same. */
export function Reasons({ reasons }: { reasons: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <span className="flex flex-wrap gap-1">
      {reasons.flatMap(known).map((reason) => reason && <Badge key={reason}>{t(`duplicates.reasons.${reason}`)}</Badge>)}
    </span>
  )
}
