import clsx from 'clsx'
import type { ReactNode } from 'react'

export type BadgeTone = 'neutral' | 'accent' | 'ai' | 'warn' | 'danger' | 'ok'

const tones: Record<BadgeTone, string> = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent-text',
  ai: 'bg-ai-soft text-ai ring-1 ring-ai-line ring-inset',
  warn: 'bg-warn-soft text-warn ring-1 ring-warn-line ring-inset',
  danger: 'bg-danger-soft text-danger ring-1 ring-danger-line ring-inset',
  ok: 'bg-ok-soft text-ok',
}

export function Badge({ tone = 'neutral', icon, children }: { tone?: BadgeTone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={clsx('inline-flex h-5 shrink-0 items-center gap-1 rounded-md px-1.5 text-2xs font-medium whitespace-nowrap [&_svg]:size-3', tones[tone])}>
      {icon}
      {children}
    </span>
  )
}
