/** Marks a refusal by which nothing was done: whoever forwarded the request may ask another replica. */
export const SHED_HEADER = 'x-shed'
/** Marks an answer of a process that cannot work at the moment (its database is away): others may be able to. */
export const UNWELL_HEADER = 'x-unwell'
