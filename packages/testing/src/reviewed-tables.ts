/**
 * Everything that row-level security does not cover by itself, each with the reason why it may be so. The catalogue
 * test fails on what is not here, and on what is here and no longer exists. A name without a schema stands for the
 * platform's own table or index in every service's schema.
 */
export interface ReviewedObjects {
  /** Tables without organization_id. */
  readonly globalTables: Readonly<Record<string, string>>
  /** Tables on which `<service>_relay` works across organisations. */
  readonly relayTables: Readonly<Record<string, string>>
  /** Keys and indexes of tenant tables that do not begin with organization_id. */
  readonly globalIndexes: Readonly<Record<string, string>>
  /** Foreign keys of tenant tables to global tables. */
  readonly globalReferences: Readonly<Record<string, string>>
  /** SECURITY DEFINER functions. */
  readonly definerFunctions: Readonly<Record<string, string>>
}

export const reviewed: ReviewedObjects = {
  globalTables: {
    schema_migration: 'Which migrations ran: of the installation. No service role has a right on it.',
    job_schedule: 'The last tick of each schedule: one clock for all organisations, no data of any.',
    'auth.user_account': 'A person signs in by an address, before any organisation is known, and may belong to several.',
    'auth.password_credential': 'Belongs to the person, not to an organisation.',
    'auth.sign_in_budget': 'Attempts are counted before anybody is known; keyed by digests.',
    'auth.totp_credential': 'Belongs to the person, not to an organisation; encrypted, bound to its row.',
    'auth.recovery_code': 'Belongs to the person; digests.',
    'auth.passkey': 'Belongs to the person, and signs in before any organisation is known.',
    'auth.passkey_ceremony': 'Before anybody is known: what an authenticator is asked to sign, once.',
    'auth.second_factor_challenge': 'Between password and second factor: no session and no organisation yet; digests.',
    'auth.known_device': 'Where a person has signed in, asked before an organisation is known; digests.',
    'auth.factor_reset': 'About factors, which belong to the person; a link of a mail finds it by a digest before any organisation is known.',
    'auth.factor_budget': 'Attempts over all factors of a person, counted before they are signed in.',
    'auth.remembered_device': 'Belongs to the person, asked before an organisation is known; digests.',
    'auth.pending_sign_up': 'A sign-up before its link was opened: neither the person nor the organisation exists yet.',
    'auth.account_link': 'A link from a mail knows its secret and no organisation; stored as a digest, the row says whose it is.',
    'auth.account_budget': 'Counted before anybody is known; keyed by digests.',
    'auth.organization_slug': 'Slugs become mail addresses and are unique in the installation; sign-up never says which are taken.',
    'auth.retired_slug': 'Mail names of organisations that are gone, as digests: never given again.',
    'auth.refresh_token': 'A refresh knows its token and no organisation yet; stored as a digest, the row says which.',
    'auth.api_key_secret': 'A request knows its API key and no organisation yet; stored as a digest, the row says which.',
    'auth.signing_key': 'Keys of the installation; private parts encrypted.',
    'auth.flag_version': 'Counts changes of flags in the installation.',
    'auth.flag_setting': 'What the operator decided for the whole installation.',
    'auth.flag_override':
      'Every process knows the overrides of all organisations, to decide by itself; the row says whose it is, routes take it from the token.',
    'auth.flag_change': 'Who changed a flag of the whole installation: read by operators only, append-only.',
    'auth.organization_of_user': 'No service role has a right on it: asked through auth.organizations_of_user, by who has signed in.',
    'auth.captured_domain': 'Whoever signs in shows an address and no organisation yet: whose is its domain? Names that stand in DNS; the row says which.',
    'auth.linked_identity': 'Belongs to the person, like the password: an account at Google or Microsoft, found before an organisation is known.',
    'auth.sso_flow': 'On the way to a provider and back nobody is signed in; digests, for ten minutes.',
    'auth.link_ticket': 'Between a provider and the sign-in that connects it: of the person; digests, for ten minutes.',
    'auth.invitation_token': 'Whoever opens a link has a token and no organisation yet; stored as a digest, the row says which.',
    'auth.organization_card': 'No service role has a right on it: what somebody sees of their other organisations, asked through auth.places_of_user.',
    'crm.contact_search': 'No service role has a right on it: asked through crm.search_contact, which takes the organisation from the context.',
    'crm.contact_position': 'No service role has a right on it: asked through crm.records_having, which takes the organisation from the context.',
    'crm.company_search': 'No service role has a right on it: asked through crm.search_company, which takes the organisation from the context.',
    'crm.task_search': 'No service role has a right on it: asked through crm.search_task, which takes the organisation from the context.',
    'crm.note_search': 'No service role has a right on it: asked through crm.search_note, which takes the organisation from the context.',
    'crm.deal_search': 'No service role has a right on it: asked through crm.search_deal, which takes the organisation from the context.',
    'messaging.inbound_address': 'An arriving mail knows an address and no organisation yet. No service role has a right on it: asked through a function.',
  },
  relayTables: {
    event: 'The relay reads what the outbox points to, of all organisations.',
    outbox: 'The relay publishes and deletes, for all organisations, in the order of commits.',
    inbox: 'The retention sweep of all organisations.',
    parked_event: 'The poller finds due retries of all organisations.',
    job: 'The runner claims due work of all organisations, then does it inside the organisation.',
    job_schedule: 'The runner takes ticks.',
    idempotency_key: 'The retention sweep of all organisations.',
    'messaging.system_mail': 'The retention sweep of all organisations.',
    saga: 'The timers find due sagas of all organisations, then move them inside the organisation.',
    'crm.file_chunk': 'Bytes of deleted files are forgotten after thirty days, of all organisations.',
    'crm.operation': 'Operations are forgotten after ninety days, of all organisations.',
    'crm.operation_record': 'As crm.operation, of which they go before it.',
    'crm.operation_made': 'As crm.operation, of which they go before it.',
    'crm.import_refusal': 'As crm.import, of which they go before it.',
    'crm.import': 'Imports are forgotten after ninety days, of all organisations.',
    'crm.import_chunk': 'Files are forgotten after seven days, of all organisations.',
  },
  globalIndexes: {
    outbox_position: 'The relay reads all organisations in the order of commits. Not unique: no oracle.',
    outbox_ordinary: 'The same for what does not come in bulk.',
    outbox_bulk_position: 'The same for what comes in bulk.',
    outbox_bulk: 'The relay looks for what an event in bulk has before it, of an aggregate that it has read.',
    inbox_handled_at: 'BRIN for the retention sweep of the relay.',
    parked_event_due: 'The poller finds due retries of all organisations.',
    job_due: 'The runner claims for all organisations.',
    job_lease: 'The runner finds leases that ran out, of all organisations.',
    saga_due: 'The timers find due sagas of all organisations.',
    idempotency_key_created_at: 'For the retention sweep of the relay.',
    'crm.file_chunk_unneeded': 'For the retention sweep of the relay.',
    'messaging.system_mail_created_at': 'BRIN for the retention sweep of the relay.',
  },
  globalReferences: {
    'auth.membership membership_user_id_fkey': 'A membership joins a person (global) to an organisation; the person is found before, never guessed by id.',
  },
  definerFunctions: {
    'auth.keep_organization_of_user': 'Trigger: keeps the table that answers organizations_of_user.',
    'auth.keep_organization_card': 'Trigger: keeps the names that places_of_user answers with.',
    'auth.note_place_used': 'Trigger: where a person was last, when a session of theirs begins.',
    'auth.places_of_user': 'The organisations of one person with their names; called for the person of the verified token only.',
    'auth.belongs_somewhere': 'Whether a person belongs to any organisation at all: else their account goes with the last one.',
    'auth.organizations_of_user': 'Where a person belongs, across organisations; called after the person has proven who they are.',
    'crm.keep_contact_search': 'Trigger: keeps the searchable words of a contact in its own organisation.',
    'crm.keep_search_of_new_contacts': 'As crm.keep_contact_search, of all that one statement makes.',
    'crm.forget_words_of_contacts': 'Trigger: the words of contacts go with them, by the keys of the rows that a statement has deleted.',
    'crm.keep_positions_of_new_contacts': 'As crm.keep_contact_position, of all that one statement makes.',
    'crm.keep_contact_position': 'Trigger: keeps the searchable position of a contact in its own organisation.',
    'crm.search_contact': 'Trigram search is not leakproof; the function filters by platform.current_organization() itself.',
    'crm.keep_company_search': 'Trigger: keeps the searchable words of a company in its own organisation.',
    'crm.keep_search_of_new_companies': 'As crm.keep_company_search, of all that one statement makes.',
    'crm.search_company': 'As crm.search_contact.',
    'crm.keep_deal_search': 'Trigger: keeps the searchable words of a deal in its own organisation.',
    'crm.keep_search_of_new_deals': 'As crm.keep_deal_search, of all that one statement makes.',
    'crm.search_deal': 'As crm.search_contact.',
    'crm.search_some': 'As crm.search_contact, of the tables that it names itself.',
    'crm.records_having': 'As crm.search_contact, of the tables that it names itself.',
    'crm.search_alike': 'As crm.search_contact, of the three tables that it names itself.',
    'crm.keep_task_search': 'Trigger: keeps the searchable words of a task in its own organisation.',
    'crm.search_task': 'As crm.search_contact.',
    'crm.keep_note_search': 'Trigger: keeps the searchable words of a note in its own organisation.',
    'crm.search_note': 'As crm.search_contact.',
    'messaging.claim_inbound_address': 'Takes an address for the organisation of the context; says no when it is taken.',
    'messaging.release_inbound_addresses': 'Gives up the addresses of the organisation of the context.',
    'messaging.find_inbound_address': 'Which organisation an arriving mail is for: one exact address, one answer.',
  },
}
