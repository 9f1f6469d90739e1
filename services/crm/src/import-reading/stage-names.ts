import { DealStage } from '@ai-crm/contracts'
import { plainHeading } from './plain-heading.ts'

/** What stages are called in exports of ours and of others, in English and Russian. */
const NAMES: Readonly<Record<DealStage, readonly string[]>> = {
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

const STAGE_BY_NAME: ReadonlyMap<string, DealStage> = new Map(
  DealStage.options.flatMap((stage) => [stage, ...NAMES[stage]].map((name): [string, DealStage] => [name, stage])),
)

export const stageOf = (text: string): DealStage | null => STAGE_BY_NAME.get(plainHeading(text)) ?? null
