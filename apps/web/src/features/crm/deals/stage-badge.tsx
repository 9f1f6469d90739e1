import { DEAL_STAGES, type DealStage } from '@ai-crm/contracts'
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'

const looks = {
  open: { tone: 'accent', icon: <CircleDashed aria-hidden /> },
  won: { tone: 'ok', icon: <CircleCheck aria-hidden /> },
  lost: { tone: 'danger', icon: <CircleX aria-hidden /> },
} as const

/** Told by words and a picture; the colour only helps. */
export function StageBadge({ stage }: { stage: DealStage }) {
  const { t } = useTranslation()
  const look = looks[DEAL_STAGES.find(({ id }) => id === stage)?.kind ?? 'open']
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {t(`deals.stages.${stage}`)}
    </Badge>
  )
}
