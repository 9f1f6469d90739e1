import { useState } from 'react'
import { keepText, readText } from '../../../lib/session/texts-in-writing.ts'

/** A text that is being written, by name: whoever looks at something else meanwhile, or reloads, finds it again. */
export function useKeptText(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => readText(name))
  const write = (next: string) => {
    setText(next)
    keepText(name, next)
  }
  return [text, write]
}
