import { aiPersonDelayed, aiPersonErased, aiPersonExported } from '@ai-crm/contracts'
import { PERSON, personDataOf } from '@ai-crm/platform'
import type { Tables } from '../tables.ts'
import { conversationsOfContact } from './conversations-of-contact.ts'

const { contacts, conversations, addresses } = PERSON
const isTheirs = (alias: string) => `(${alias}.contact_id = ${contacts} or ${alias}.id = ${conversations} or lower(${alias}.party_address) = ${addresses})`
const inTheirs = `t.conversation_id in (select c.id from conversation c where ${isTheirs('c')})`
const draftsOfTheirs = `(t.contact_id = ${contacts} or ${inTheirs})`

/** Where the AI keeps something about people. */
export const personData = personDataOf<Tables>()({
  tables: {
    conversation: { where: isTheirs('t') },
    conversationMessage: { where: inTheirs },
    draft: { where: draftsOfTheirs },
    contact: { where: `t.id = ${contacts}` },
    note: 'What the organisation tells the AI about itself.',
    notePassage: 'What the organisation tells the AI about itself.',
    aiSettings: 'Of the organisation.',
    draftBudget: 'Numbers.',
    teamMember: 'Of members of the organisation.',
  },
  aggregates: ['draft'],
  subjectOf: conversationsOfContact,
  erased: aiPersonErased,
  delayed: aiPersonDelayed,
  exported: aiPersonExported,
})
