import type { FlagKey } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { CirclePause } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSwitchedOff } from '../lib/flags/flags.ts'

/** Says where work happens that something is switched off, what that means here, and who can switch it on. Nothing while it is on. */
export function SwitchedOffNote({ flag, className = '' }: { flag: FlagKey; className?: string }) {
  const { t } = useTranslation()
  const off = useSwitchedOff(flag)
  if (!off) return null
  return (
    <div
      role="status"
      data-switched-off={flag}
      className={`flex items-start gap-2.5 rounded-xl border border-warn-line bg-warn-soft px-3.5 py-2.5 text-sm text-warn ${className}`}
    >
      <CirclePause aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="font-semibold">{t(`switches.off.${flag}.title`)}</p>
        <p className="text-xs text-ink">
          {t(`switches.off.${flag}.text`)}{' '}
          {t(off.because === 'organization' ? 'switches.byUs' : off.because === 'operator' ? 'switches.byOperatorForUs' : 'switches.byOperator')}{' '}
          {off.because === 'organization' && (
            <Link to="/settings/switches" className="font-medium text-accent-text underline">
              {t('switches.title')}
            </Link>
          )}
        </p>
      </div>
    </div>
  )
}
