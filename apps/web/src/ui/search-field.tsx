import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../lib/shortcuts/use-shortcut.ts'

/** Typing settles before the server is asked. */
const SETTLE_MS = 220

/** A search that lives in the address: `value` comes from there, `onChange` goes there. `/` focuses it. */
export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim()), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  useShortcut({ keys: '/', label: t('shortcuts.search'), group: 'list', run: () => input.current?.focus() })

  const clear = () => {
    setText('')
    onChange('')
  }
  return (
    <div className="relative min-w-40 flex-1 @max-3xl:md:min-w-32">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={text}
        maxLength={200}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== 'Escape') return
          clear()
          currentTarget.blur()
        }}
        className="h-8 w-full rounded-lg border border-transparent bg-hover pr-8 pl-8 text-sm placeholder:text-faint focus:border-line-strong focus:bg-surface [&::-webkit-search-cancel-button]:hidden"
      />
      {text && (
        <button
          type="button"
          aria-label={t('inbox.clearSearch')}
          onClick={clear}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-md text-faint hover:text-ink"
        >
          <X className="size-3.5" />
        </button>
      )}
    </div>
  )
}
