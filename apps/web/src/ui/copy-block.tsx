import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'

/** Text to take elsewhere: an address, a command. */
export function CopyBlock({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const [isCopied, setIsCopied] = useState(false)
  const block = useRef<HTMLElement>(null)

  const select = () => {
    if (block.current) getSelection()?.selectAllChildren(block.current)
  }
  const copy = async () => {
    // Browsers offer the clipboard only on https and localhost; elsewhere the selected text waits for Ctrl+C.
    await navigator.clipboard?.writeText(text).then(() => setIsCopied(true), select)
    if (!navigator.clipboard) select()
    setTimeout(() => setIsCopied(false), 2000)
  }

  return (
    <div className="flex w-full items-start gap-1 rounded-lg border border-line bg-canvas py-1 pr-1 pl-3 text-left">
      <code ref={block} tabIndex={0} aria-label={label} className="min-w-0 flex-1 overflow-x-auto py-2 font-mono text-xs whitespace-pre">
        {text}
      </code>
      <IconButton label={isCopied ? t('common.copied') : t('common.copy')} onClick={() => void copy()}>
        {isCopied ? <Check className="text-ok" /> : <Copy />}
      </IconButton>
    </div>
  )
}
