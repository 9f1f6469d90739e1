import type { StageId, StageKind } from '@ai-crm/contracts'
import { plainHeading } from './plain-heading.ts'

export interface KnownStage {
  readonly id: StageId
  readonly name: string
  readonly kind: StageKind
  readonly pipelineName: string
}

/** What the stages that everybody begins with are called in exports of ours and of others, in English and Russian. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  new: ['open', 'lead', 'lead in', 'incoming', 'неразобранное', 'первичный контакт', 'новая', 'новый', 'новая сделка', 'открыта', 'в работе'],
  qualified: ['qualified to buy', 'qualification', 'contact made', 'appointment scheduled', 'квалификация', 'квалифицирован', 'квалифицирована'],
  proposal: [
    'proposal made',
    'proposal sent',
    'presentation scheduled',
    'decision maker bought in',
    'предложение',
    'коммерческое предложение',
    'предложение отправлено',
  ],
  negotiation: ['negotiations', 'negotiations started', 'contract sent', 'переговоры', 'принимают решение', 'согласование договора'],
  won: ['closed won', 'выиграна', 'выигран', 'успешно реализовано', 'успешно', 'успех'],
  lost: ['closed lost', 'проиграна', 'проигран', 'закрыто и не реализовано', 'закрыта и не реализована', 'отказ', 'провал'],
}

const ID_BY_NAME: ReadonlyMap<string, StageId> = new Map(
  Object.entries(NAMES).flatMap(([id, names]) => [id, ...names].map((name): [string, StageId] => [plainHeading(name), id])),
)

/**
 * The stage that a file means: by its id, by its name with or without its pipeline's before it, or by what others call it; what is won or lost
 * elsewhere is so here, too. Of several of one name the first pipeline's.
 */
export function stageOf(text: string, stages: readonly KnownStage[]): KnownStage | null {
  const called = plainHeading(text)
  const own = stages.find(({ id, name, pipelineName }) => id === text || [name, `${pipelineName} / ${name}`].some((one) => plainHeading(one) === called))
  const usual = ID_BY_NAME.get(called)
  return own ?? stages.find(({ id }) => id === usual) ?? stages.find(({ kind }) => kind !== 'open' && kind === usual) ?? null
}

/** Where a deal begins of which the file says nothing. */
export const firstOf = (stages: readonly KnownStage[]): KnownStage | null => stages.find(({ kind }) => kind === 'open') ?? null
