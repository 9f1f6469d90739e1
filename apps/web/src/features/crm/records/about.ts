/** The one record that a task or a note is about. */
export type About = { contactId: string } | { companyId: string } | { dealId: string }
