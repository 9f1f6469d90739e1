import type { DraftLanguage } from '../drafts/drafter.ts'

/** Words that speak to a model rather than to a person. They mark the draft; what keeps it harmless is that a person sends. */
const SIGNS = [
  /(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,4}(?:instruction|prompt|rule|direction)/iu,
  /(?:system|developer)\s+(?:prompt|message)/iu,
  /\b(?:you are|act as|pretend to be)\s+(?:now\s+)?(?:an?\s+)?(?:\w+\s+){0,2}(?:ai|assistant|model|chatbot|dan)\b/iu,
  /<\|?(?:im_start|im_end|system|endoftext)\|?>|\[\/?INST\]/iu,
  /(?:игнорируй|игнорировать|забудь|не обращай внимания на|отмени)\S*\s+(?:\S+\s+){0,4}(?:инструкц|указани|правил|промпт)/iu,
  /(?:системн\S{0,4}\s+промпт|системн\S{0,4}\s+сообщени|ты\s+теперь\s|притворись)/iu,
]

export const SUSPICION_REMARK: Readonly<Record<DraftLanguage, string>> = {
  ru: 'В письме клиента есть текст, похожий на указания для ИИ: проверьте черновик особенно внимательно.',
  en: "The customer's message contains text that looks like instructions to an AI: check this draft with special care.",
}

export const looksLikeInjection = (text: string): boolean => SIGNS.some((sign) => sign.test(text))
