import type { DraftLanguage } from '../drafts/drafter.ts'
import { wordsOf } from './sentences.ts'

export const TOPICS = ['unsubscribe', 'problem', 'price', 'meeting', 'documents', 'delivery', 'availability', 'thanks', 'decline', 'other'] as const
export type Topic = (typeof TOPICS)[number]

/** Beginnings of words by which a topic is recognised, `ё` as `е`. Several words: all of them in the sentence. */
const SIGNS: Readonly<Record<Exclude<Topic, 'other'>, readonly string[]>> = {
  unsubscribe: ['отпиш', 'отписат', 'отписк', 'unsubscrib', 'opt-out', 'не пишите', 'не присыла', 'не нужно писать', 'stop emailing', 'stop sending', 'remove me', 'remove us', 'take me off'],
  problem: [
    'не работа', 'не открыва', 'не приш', 'не получ', 'не загруж', 'не могу', 'ошибк', 'проблем', 'слом', 'претензи', 'жалоб', 'возврат', 'брак', 'зависа', 'сбой',
    'not working', 'doesn t work', 'does not work', "doesn't work", 'broken', 'error', 'problem', 'issue', 'complain', 'refund', 'fails', 'failed', 'crash', 'bug',
    "can't log", 'cannot log', "didn't receive", 'did not receive', 'damaged',
  ],
  price: ['цен', 'стоимост', 'стоит', 'стоят', 'прайс', 'тариф', 'скидк', 'смет', 'расцен', 'бюджет', 'price', 'pricing', 'cost', 'quote', 'quotation', 'discount', 'rates', 'budget', 'fee', 'how much'],
  meeting: ['встреч', 'встрет', 'созвон', 'демо', 'презентуй', 'показать', 'покажите', 'позвон', 'звонок', 'перезвон', 'meeting', 'meet', 'demo', 'call', 'zoom', 'schedule', 'walkthrough'],
  documents: [
    'договор', 'счет', 'счёт', 'акт', 'накладн', 'презентаци', 'коммерческ', 'реквизит', 'документ', 'сертификат', 'лицензи', 'каталог', 'брошюр', 'invoice', 'contract',
    'agreement', 'presentation', 'document', 'brochure', 'certificate', 'catalog', 'datasheet', 'proposal', 'nda',
  ],
  delivery: ['доставк', 'достав', 'срок', 'отгруз', 'отправк', 'самовывоз', 'внедрен', 'когда будет', 'delivery', 'deliver', 'shipping', 'ship', 'shipment', 'lead time', 'deadline', 'timeline', 'turnaround', 'how soon'],
  availability: ['наличи', 'доступн', 'остатк', 'на складе', 'in stock', 'available', 'availability', 'stock'],
  thanks: ['спасибо', 'благодар', 'thank', 'thanks', 'appreciate', 'grateful'],
  decline: ['не актуальн', 'неактуальн', 'неинтересн', 'не интересн', 'не интересует', 'отказ', 'откажемся', 'передумал', 'not interested', 'no longer interested', 'no longer need', 'decided not', 'decided against'],
}

/** Words of a topic in both languages: a question in one finds a note titled in the other. */
const NOTE_WORDS: Readonly<Record<Topic, string>> = {
  unsubscribe: '',
  problem: 'проблема поддержка возврат гарантия support refund warranty',
  price: 'цена стоимость тариф price pricing cost plan',
  meeting: 'встреча демонстрация демо созвон meeting demo call',
  documents: 'договор счёт документы реквизиты contract invoice documents',
  delivery: 'доставка срок сроки отгрузка внедрение delivery shipping timeline onboarding',
  availability: 'наличие склад availability stock',
  thanks: '',
  decline: '',
  other: '',
}

const EXACT_LENGTH = 3

/** What a sentence is about; the first of TOPICS whose sign it has, so that "unsubscribe" wins over "thanks". */
export function topicOf(sentence: string): Topic {
  const words = wordsOf(sentence)
  const line = ` ${words.join(' ')} `
  const has = (sign: string) => {
    if (sign.includes(' ')) return line.includes(` ${sign}`)
    return sign.length <= EXACT_LENGTH && /^[a-z]+$/.test(sign) ? words.includes(sign) : words.some((word) => word.startsWith(sign))
  }
  for (const topic of TOPICS) if (topic !== 'other' && SIGNS[topic].some(has)) return topic
  return 'other'
}

/** The query by which notes are searched for what was asked. */
export const noteQuery = (question: string, topic: Topic): string => `${question} ${NOTE_WORDS[topic]}`.trim()

/** What a colleague has to add where no note answers. */
export const OPEN_POINT: Readonly<Record<DraftLanguage, Readonly<Record<Topic, string>>>> = {
  ru: {
    unsubscribe: 'исключите адрес из рассылок и удалите эту строку',
    problem: 'что выяснили и когда будет решение',
    price: 'цена или диапазон цен',
    meeting: 'два-три варианта времени и ссылка на встречу',
    documents: 'приложите документы или напишите, когда пришлёте',
    delivery: 'срок и условия',
    availability: 'есть ли в наличии и когда будет',
    thanks: '',
    decline: '',
    other: 'ответ на этот вопрос',
  },
  en: {
    unsubscribe: 'take the address off the mailings, then delete this line',
    problem: 'what you found out and when it will be solved',
    price: 'the price or a price range',
    meeting: 'two or three times and a link to the meeting',
    documents: 'attach the documents or say when you will send them',
    delivery: 'the date and the terms',
    availability: 'whether it is in stock, and when it will be',
    thanks: '',
    decline: '',
    other: 'the answer to this question',
  },
}
