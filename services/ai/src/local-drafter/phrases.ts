import type { Tone } from '@ai-crm/contracts'
import type { DraftLanguage } from '../drafts/drafter.ts'
import type { PersonName } from './person-name.ts'

/** The fixed words of the local drafter. Russian addresses everybody with «вы». */
export interface Phrases {
  greet(name: PersonName | null, tone: Tone): string
  thankForMessage: Readonly<Record<Tone, string>>
  /** The customer only thanks: nothing is asked. */
  answerThanks: Readonly<Record<Tone, string>>
  /** Introduces the answer to what is quoted. */
  onQuestion(quote: string): string
  onRequest(quote: string): string
  onProblem(quote: string): string
  onUnsubscribe: string
  onDecline: string
  openAnswer: string
  translateNote(title: string, excerpt: string): string
  offerHelp: string
  close: Readonly<Record<Tone, string>>
}

const russian: Phrases = {
  greet: greetInRussian,
  thankForMessage: { neutral: 'Спасибо за ваше письмо.', friendly: 'Спасибо, что написали нам!', formal: 'Благодарим вас за обращение.' },
  answerThanks: {
    neutral: 'Рады, что смогли помочь. Если появятся вопросы, пишите.',
    friendly: 'Очень рады, что смогли помочь! Если появятся вопросы, смело пишите.',
    formal: 'Благодарим вас за тёплые слова. Будем рады ответить и на другие ваши вопросы.',
  },
  onQuestion: (quote) => `Вы спрашиваете: «${quote}»`,
  onRequest: (quote) => `Вы пишете: «${quote}».`,
  onProblem: (quote) => `Сожалеем, что так получилось. Вы пишете: «${quote}».`,
  onUnsubscribe: 'Мы получили вашу просьбу больше не писать вам.',
  onDecline: 'Спасибо, что сообщили о своём решении. Если что-то изменится, будем рады вернуться к разговору.',
  openAnswer: 'ответ по существу письма',
  translateNote: (title, excerpt) => `перескажите по-русски из заметки «${title}»: ${excerpt}`,
  offerHelp: 'Если останутся вопросы, напишите, пожалуйста, в ответ на это письмо.',
  close: { neutral: 'С уважением,', friendly: 'Хорошего дня!', formal: 'С уважением,' },
}

const english: Phrases = {
  greet: greetInEnglish,
  thankForMessage: { neutral: 'Thank you for your message.', friendly: 'Thanks for getting in touch!', formal: 'Thank you for contacting us.' },
  answerThanks: {
    neutral: 'We are glad that we could help. If you have any questions, just reply.',
    friendly: "We're so glad we could help! If anything else comes up, just reply.",
    formal: 'Thank you for your kind words. We remain at your disposal for any further questions.',
  },
  onQuestion: (quote) => `You asked: “${quote}”`,
  onRequest: (quote) => `You wrote: “${quote}”`,
  onProblem: (quote) => `We are sorry about this. You wrote: “${quote}”`,
  onUnsubscribe: 'We have received your request not to be written to any more.',
  onDecline: 'Thank you for letting us know. If anything changes, we would be glad to talk again.',
  openAnswer: 'the answer to this message',
  translateNote: (title, excerpt) => `say in English what the note “${title}” says: ${excerpt}`,
  offerHelp: 'If anything is unclear, please reply to this e-mail.',
  close: { neutral: 'Best regards,', friendly: 'All the best,', formal: 'Yours sincerely,' },
}

export const PHRASES: Readonly<Record<DraftLanguage, Phrases>> = { ru: russian, en: english }

function greetInRussian(name: PersonName | null, tone: Tone): string {
  if (!name) return tone === 'friendly' ? 'Добрый день!' : 'Здравствуйте!'
  const address = name.patronymic === null || tone === 'friendly' ? name.first : `${name.first} ${name.patronymic}`
  if (tone === 'friendly') return `Добрый день, ${address}!`
  if (tone === 'formal' && name.gender !== null) return `${name.gender === 'female' ? 'Уважаемая' : 'Уважаемый'} ${address}!`
  return `Здравствуйте, ${address}!`
}

/** A Cyrillic name is not transliterated by guess: the greeting goes without it. */
function greetInEnglish(name: PersonName | null, tone: Tone): string {
  if (name?.script !== 'latin') return { neutral: 'Hello,', friendly: 'Hi there,', formal: 'Dear Sir or Madam,' }[tone]
  return { neutral: `Hello ${name.first},`, friendly: `Hi ${name.first},`, formal: `Dear ${name.full},` }[tone]
}
