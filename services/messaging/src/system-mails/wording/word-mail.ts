import { systemMailParameters, type Locale, type SystemMailParameters, type SystemMailTemplate } from '@ai-crm/contracts'
import type { z } from 'zod'
import { english } from './english.ts'
import { russian } from './russian.ts'
import type { Wording, Wordings } from './wording.ts'

const wordings: Readonly<Record<Locale, Wordings>> = { en: english, ru: russian }
const schemas: { readonly [Template in SystemMailTemplate]: z.ZodType<SystemMailParameters[Template]> } = systemMailParameters

/** The mail in words. Throws ZodError when the parameters are not those of the template (a bug). */
export function wordMail<Template extends SystemMailTemplate>(locale: Locale, template: Template, parameters: SystemMailParameters[Template]): Wording {
  const write: Wordings[Template] = wordings[locale][template]
  return write(schemas[template].parse(parameters))
}

const LINK_ELSEWHERE: Readonly<Record<Locale, string>> = {
  en: 'No mail relay is configured, so this mail did not leave. Its link stands in the log of the server, for whoever runs it.',
  ru: 'Почтовый сервер не настроен, поэтому письмо не отправлено. Ссылка из него — в журнале сервера, у того, кто его запускает.',
}

/** The same mail for eyes that the link is not meant for. */
export const withoutSecretLink = (locale: Locale, words: Wording): Wording =>
  words.action?.isSecret ? { ...words, action: null, paragraphs: [...words.paragraphs, LINK_ELSEWHERE[locale]] } : words
