/** The one record that a task or a note is about. */
export type About = { contactId: string } | { companyId: string } | { dealId: string }

/** The name of what is being written about a record. */
export const aboutName = (about: About): string => Object.values(about).join('')
