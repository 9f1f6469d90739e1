import { Popover as Radix } from 'radix-ui'
import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { Step } from './grid-keys.ts'

interface CellPopoverProps {
  label: string
  /** The cell that it stands at. */
  anchor: RefObject<HTMLElement | null>
  /** What is there now counts; where the cursor goes then. */
  onSave: (step: Step) => void
  onCancel: () => void
  children: ReactNode
}

const FOCUSABLE = 'input, select, textarea, button'

/** An editor that has no room in its cell. Tab and leaving save, Esc gives back. */
export function CellPopover({ label, anchor, onSave, onCancel, children }: CellPopoverProps) {
  const content = useRef<HTMLDivElement>(null)
  const onTab = (event: KeyboardEvent) => {
    if (event.key !== 'Tab') return
    const inside = [...(content.current?.querySelectorAll(FOCUSABLE) ?? [])]
    if (event.target !== (event.shiftKey ? inside[0] : inside.at(-1))) return
    event.preventDefault()
    event.stopPropagation()
    onSave(event.shiftKey ? 'left' : 'right')
  }
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onSave('none')}>
      <Radix.Anchor virtualRef={{ current: { getBoundingClientRect: () => anchor.current?.getBoundingClientRect() ?? new DOMRect() } }} />
      <Radix.Portal container={document.querySelector('main')}>
        <Radix.Content
          ref={content}
          aria-label={label}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onKeyDownCapture={onTab}
          onKeyDown={(event) => event.stopPropagation()}
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            event.stopPropagation()
            onCancel()
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onClick={(event) => event.stopPropagation()}
          className="z-40 w-64 max-w-[calc(100vw-1rem)] rounded-xl border border-line bg-raised p-1.5 shadow-float outline-none [&_[cmdk-list]]:static! [&_[cmdk-list]]:rounded-none! [&_[cmdk-list]]:border-0! [&_[cmdk-list]]:p-0! [&_[cmdk-list]]:shadow-none!"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
