import type { TemplateId, TemplateWords } from '../shapes.ts'

export const english: Readonly<Record<TemplateId, TemplateWords>> = {
  sales: {
    name: 'Short sales',
    summary: 'Few steps from the first word to the order, for sales that take days.',
    stages: ['Inquiry', 'Offer', 'Decision', 'Won', 'Lost'],
    lostReasons: ['Too expensive', 'Bought elsewhere', 'No answer', 'Not what they need'],
  },
  b2b: {
    name: 'Sales to companies',
    summary: 'Several people decide, over months: need and budget are found out before an offer is written.',
    stages: ['Lead', 'First talk', 'Need and budget', 'Offer', 'Negotiation', 'Contract', 'Won', 'Lost'],
    lostReasons: ['No budget', 'Decided for somebody else', 'Decided for nobody', 'No longer a topic', 'Something is missing in the product', 'No answer'],
  },
  renewals: {
    name: 'Renewals',
    summary: 'Contracts that end soon, so that none ends unnoticed.',
    stages: ['Due', 'Talked about', 'At risk', 'Agreed', 'Renewed', 'Not renewed'],
    lostReasons: ['Too expensive', 'Not used', 'Went to somebody else', 'Closed down'],
  },
  recruiting: {
    name: 'Recruiting',
    summary: 'Candidates from the application to the first day.',
    stages: ['Application', 'First call', 'Interview', 'Trial task', 'Offer', 'Hired', 'Declined'],
    lostReasons: ['Not enough experience', 'Pay', 'Took another offer', 'Withdrew'],
  },
}
