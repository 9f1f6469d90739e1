import { CreatePipeline, type Locale, type PipelineTemplate } from '@ai-crm/contracts'
import { SHAPES, type TemplateId, type TemplateWords } from './shapes.ts'
import { english } from './words/english.ts'
import { russian } from './words/russian.ts'

const WORDS: Readonly<Record<Locale, Readonly<Record<TemplateId, TemplateWords>>>> = { en: english, ru: russian }
const TEMPLATE_IDS: readonly TemplateId[] = ['sales', 'b2b', 'renewals', 'recruiting']

export const listTemplates = (locale: Locale): PipelineTemplate[] => TEMPLATE_IDS.map((id) => toTemplate(id, WORDS[locale][id]))

function toTemplate(id: TemplateId, { name, summary, stages, lostReasons }: TemplateWords): PipelineTemplate {
  const shaped = SHAPES[id].map((shape, index) => ({ ...shape, name: stages[index] }))
  return { id, summary, pipeline: CreatePipeline.parse({ name, stages: shaped, lostReasons }) }
}
