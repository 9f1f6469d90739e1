import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { ariaKeys } from '../lib/shortcuts/keys.ts'
import { Tooltip } from './tooltip.tsx'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger' | 'ai'

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover border-transparent font-medium',
  plain: 'bg-surface text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-surface text-danger border-danger-line hover:bg-danger-soft',
  ai: 'bg-surface text-ai border-ai-line hover:bg-ai-soft',
}

interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind
  icon?: ReactNode
  /** Shown in the tooltip and told to screen readers; binding it is the screen's business. */
  shortcut?: string
  isBusy?: boolean
}

export function Button({ kind = 'plain', icon, shortcut, isBusy, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={shortcut ? ariaKeys(shortcut) : undefined}
      aria-busy={isBusy || undefined}
      disabled={disabled || isBusy}
      className={clsx(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-lg border px-3 text-sm transition-colors select-none',
        'disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
        kinds[kind],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** Names the button for everybody: screen readers, and eyes by the tooltip. */
  label: string
  shortcut?: string
}

export function IconButton({ label, shortcut, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut ? { shortcut } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={shortcut ? ariaKeys(shortcut) : undefined}
        className={clsx(
          'inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-hover hover:text-ink disabled:opacity-45 aria-pressed:bg-pressed aria-pressed:text-ink [&_svg]:size-4',
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  )
}
