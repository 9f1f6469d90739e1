import { useState } from 'react'
import { keepReply, readReply } from '../../features/messaging/composer/reply-text.ts'

/** The reply that a person writes in a conversation: begun by hand or with a draft's words. */
export function useReply(conversationId: string) {
  const [text, setText] = useState(() => readReply(conversationId))
  const [isOpen, setIsOpen] = useState(text !== '')
  const write = (next: string) => {
    setText(next)
    keepReply(conversationId, next)
  }
  return {
    text,
    isOpen,
    write,
    open: () => setIsOpen(true),
    close: () => setIsOpen(false),
    /** Adds to what is already written. */
    take: (words: string) => {
      write(text.trim() ? `${text.trimEnd()}\n\n${words}` : words)
      setIsOpen(true)
    },
  }
}
export type Reply = ReturnType<typeof useReply>
