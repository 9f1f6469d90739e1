import type { DraftLanguage } from '../drafts/drafter.ts'

/** Why a model's draft is not used. */
export type ModelFailureKind = 'timeout' | 'unavailable' | 'refused' | 'cut-off' | 'unsafe' | 'resting'

export class ModelFailure extends Error {
  readonly kind: ModelFailureKind

  constructor(kind: ModelFailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ModelFailure'
    this.kind = kind
  }

  /** Whether the model's server is ill, which opens the breaker; a refusal (4xx) or a bad text is not illness. */
  get isOutage(): boolean {
    return this.kind === 'timeout' || this.kind === 'unavailable' || this.kind === 'cut-off'
  }
}

/** What the reader of the draft is told, in the draft's language. */
export const FAILURE_REMARK: Readonly<Record<DraftLanguage, Readonly<Record<ModelFailureKind, string>>>> = {
  ru: {
    timeout: 'Модель не ответила вовремя; черновик написан без неё.',
    unavailable: 'Модель недоступна; черновик написан без неё.',
    refused: 'Сервер модели отклонил запрос; черновик написан без неё.',
    'cut-off': 'Ответ модели оборвался; черновик написан без неё.',
    unsafe: 'Ответ модели не прошёл проверку безопасности; черновик написан без неё.',
    resting: 'Модель недавно не отвечала и пока не используется; черновик написан без неё.',
  },
  en: {
    timeout: 'The model did not answer in time; this draft was written without it.',
    unavailable: 'The model is not available; this draft was written without it.',
    refused: "The model's server refused the request; this draft was written without it.",
    'cut-off': "The model's answer broke off; this draft was written without it.",
    unsafe: "The model's answer did not pass the safety check; this draft was written without it.",
    resting: 'The model failed several times and is left alone for now; this draft was written without it.',
  },
}
