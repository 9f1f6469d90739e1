import { sql } from 'kysely'

/**
 * In a query that has the session: whether who stood in for the password still does. Whoever lets go of an account at Google or Microsoft, since somebody
 * else has it, is rid of what began by it in every organisation. What an organisation's own provider began ends with its connection.
 */
export const isStillVouchedFor = sql<boolean>`(coalesce(session.identity_provider, 'connection') = 'connection'
  or session.factors && '{password,passkey}'::text[]
  or exists (select from auth.linked_identity linked where linked.user_id = session.user_id and linked.provider = session.identity_provider))`
