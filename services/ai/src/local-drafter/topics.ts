import type { DraftLanguage } from '../drafts/drafter.ts'
import { hasSign, readWords } from './signs.ts'

/** In order of precedence: "unsubscribe me, thanks" is about unsubscribing. */
export const TOPICS = ['unsubscribe', 'problem', 'decline', 'price', 'meeting', 'documents', 'delivery', 'availability', 'thanks', 'other'] as const
export type Topic = (typeof TOPICS)[number]

/** Signs (see signs.ts) by which a topic is recognised, `ё` as `е`. */
const SIGNS: Readonly<Record<Topic, readonly string[]>> = {
  unsubscribe: [
    'отпиш', 'отписат', 'отписк', 'не пишите', 'не присыла', 'не нужно писать', 'unsubscrib', 'opt out', 'stop emailing', 'stop sending', 'stop writing',
    'remove me', 'remove us', 'take me off',
  ],
  problem: [
    'не работа', 'не открыва', 'не приш', 'не получ', 'не загруж', 'не могу', 'не можем', 'ошибк', 'ошибок$', 'проблем', 'слом', 'претензи', 'жалоб', 'возврат', 'брак$',
    'зависа', 'сбой$', 'сбои$', 'not working', "doesn't work", 'does not work', "didn't receive", 'did not receive', "can't log", 'cannot log', 'broken', 'error', 'problem',
    'issue', 'complain', 'refund', 'fails$', 'failed$', 'crash', 'bug$', 'bugs$', 'damaged',
  ],
  decline: [
    'не актуальн', 'неактуальн', 'неинтересн', 'не интересн', 'не интересует', 'отказыва', 'откажемся', 'передумал', 'not interested', 'no longer interested',
    'no longer need', 'decided not', 'decided against',
  ],
  price: ['цен$', 'цена', 'цену', 'цене', 'цены', 'цени', 'стоимост', 'стоит$', 'стоят$', 'прайс', 'тариф', 'скидк', 'скидок$', 'смет', 'расцен', 'бюджет', 'price', 'pricing', 'cost', 'quote', 'quotation', 'discount', 'rates$', 'budget', 'fee$', 'fees$', 'how much'],
  meeting: ['встреч', 'встрет', 'созвон', 'демо', 'показать', 'покажите', 'позвон', 'звонок$', 'звонка$', 'перезвон', 'meeting', 'meet$', 'demo', 'call$', 'zoom$', 'walkthrough'],
  documents: [
    'договор', 'счет', 'акт$', 'акты$', 'накладн', 'презентаци', 'коммерческ', 'кп$', 'реквизит', 'документ', 'сертификат', 'лицензи', 'каталог', 'брошюр', 'invoice',
    'contract', 'agreement', 'presentation', 'document', 'brochure', 'certificate', 'catalog', 'datasheet', 'proposal', 'nda$',
  ],
  delivery: ['достав', 'срок', 'отгруз', 'отправк', 'самовывоз', 'внедрен', 'когда будет', 'deliver', 'ship$', 'shipping', 'shipment', 'lead time', 'deadline', 'timeline', 'turnaround', 'how soon', 'how long', 'onboarding'],
  availability: ['наличи', 'остатк', 'на складе', 'in stock', 'available$', 'availability', 'stock$'],
  thanks: ['спасибо', 'благодар', 'thank', 'appreciate', 'grateful'],
  other: [],
}

/** What a sentence is about. */
export function topicOf(sentence: string): Topic {
  const words = readWords(sentence)
  return TOPICS.find((topic) => SIGNS[topic].some((sign) => hasSign(words, sign))) ?? 'other'
}

/** Whether a note that shares words with a question also speaks about its topic; any note may answer what has no topic. */
export function mentions(text: string, topic: Topic): boolean {
  const words = readWords(text)
  return topic === 'other' || SIGNS[topic].some((sign) => hasSign(words, sign))
}

/** Words of a topic in both languages: a question in one finds a note titled in the other. */
const NOTE_WORDS: Readonly<Record<Topic, string>> = {
  unsubscribe: '',
  problem: 'проблема поддержка возврат гарантия support refund warranty',
  decline: '',
  price: 'цена стоимость тариф price pricing cost plan',
  meeting: 'встреча демонстрация демо созвон meeting demo call',
  documents: 'договор счёт документы реквизиты contract invoice documents',
  delivery: 'доставка срок сроки отгрузка внедрение delivery shipping timeline onboarding',
  availability: 'наличие склад availability stock',
  thanks: '',
  other: '',
}

/** The query by which notes are searched for what was asked. */
export const noteQuery = (question: string, topic: Topic): string => `${question} ${NOTE_WORDS[topic]}`.trim()

/** What a colleague has to add where no note answers. */
export const OPEN_POINT: Readonly<Record<DraftLanguage, Readonly<Record<Topic, string>>>> = {
  ru: {
    unsubscribe: 'исключите адрес из рассылок и удалите эту строку',
    problem: 'что выяснили и когда будет решение',
    decline: 'ответ на это',
    price: 'цена или диапазон цен',
    meeting: 'два-три варианта времени и ссылка на встречу',
    documents: 'приложите документы или напишите, когда пришлёте',
    delivery: 'срок и условия',
    availability: 'есть ли в наличии и когда будет',
    thanks: 'ответ на это',
    other: 'ответ на это',
  },
  en: {
    unsubscribe: 'take the address off the mailings, then delete this line',
    problem: 'what you found out and when it will be solved',
    decline: 'the answer to this',
    price: 'the price or a price range',
    meeting: 'two or three times and a link to the meeting',
    documents: 'attach the documents or say when you will send them',
    delivery: 'the date and the terms',
    availability: 'whether it is in stock, and when it will be',
    thanks: 'the answer to this',
    other: 'the answer to this',
  },
}
