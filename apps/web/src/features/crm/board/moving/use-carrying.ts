import type { BoardCard } from '@ai-crm/contracts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import type { BoardLookup, Found } from './board-lookup.ts'
import { currentLifted, setLifted } from './drag-store.ts'
import { isArrow, liftedStep } from './lift-keys.ts'
import type { Cell } from './place.ts'

export interface Carrying {
  lift: (found: Found) => void
  /** Whether the key was for the card that is carried. */
  onKey: (key: string) => boolean
  /** For screen readers: what has just happened with it. */
  readonly news: string
}

/** A card lifted by the keyboard: arrows carry it, Enter or Space puts it down, Esc takes it back; leaving it does too. */
export function useCarrying(lookup: BoardLookup, onDrop: (card: BoardCard, from: Cell, to: Cell, index: number) => void, onMoved: () => void): Carrying {
  const { t } = useTranslation()
  const nameOf = useStageName()
  const [news, setNews] = useState('')
  // Gone to another page, or on with the mouse: nothing is carried on.
  useEffect(() => {
    const stop = () => currentLifted()?.by === 'keyboard' && setLifted(null)
    document.addEventListener('pointerdown', stop)
    return () => {
      document.removeEventListener('pointerdown', stop)
      setLifted(null)
    }
  }, [])

  const lift = ({ card, cell, index }: Found) => {
    const at = { cellId: cell.id, index }
    setLifted({ by: 'keyboard', card, from: at, to: at })
    setNews(t('board.news.lifted', { title: card.title }))
    onMoved()
  }
  const onKey = (key: string): boolean => {
    const lifted = currentLifted()
    if (!lifted?.to) return false
    const { card, from, to } = lifted
    if (isArrow(key)) {
      const columns = lookup.columns(to.cellId, card)
      const next = liftedStep(columns, to, key)
      const cell = next && lookup.cell(next.cellId)
      if (!next || !cell) return true
      setLifted({ ...lifted, to: next })
      const count = columns.find(({ cellId }) => cellId === next.cellId)?.count ?? 0
      setNews(t('board.news.carried', { stage: nameOf(cell.stage), place: next.index + 1, count: count + 1 }))
      onMoved()
      return true
    }
    const isDrop = key === 'Enter' || key === ' '
    if (!isDrop && key !== 'Escape' && key !== 'Tab') return false
    const [source, target] = [lookup.cell(from.cellId), lookup.cell(to.cellId)]
    setLifted(null)
    onMoved()
    if (isDrop && source && target) {
      onDrop(card, source, target, to.index)
      setNews(t('board.news.dropped', { title: card.title, stage: nameOf(target.stage) }))
    } else setNews(t('board.news.kept', { title: card.title }))
    return key !== 'Tab'
  }
  return { lift, onKey, news }
}
