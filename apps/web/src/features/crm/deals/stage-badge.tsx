import type { StageKind } from '@ai-crm/contracts'
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { stagesIn } from '../../../lib/pipelines/stages.ts'
import { usePipelines, useStageName } from '../../../lib/pipelines/use-pipelines.ts'
import { Badge } from '../../../ui/badge.tsx'

const looks = {
  open: { tone: 'accent', icon: <CircleDashed aria-hidden /> },
  won: { tone: 'ok', icon: <CircleCheck aria-hidden /> },
  lost: { tone: 'danger', icon: <CircleX aria-hidden /> },
} as const

/** Told by words and a picture; the colour only helps. `kind`: where the record tells it itself. */
export function StageBadge({ stage, kind }: { stage: string; kind?: StageKind }) {
  const name = useStageName()
  const pipelines = usePipelines()
  const look = looks[kind ?? stagesIn(pipelines).find(({ id }) => id === stage)?.kind ?? 'open']
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {name(stage)}
    </Badge>
  )
}
