import type { GuardMutant } from './guard-mutant.ts'

const SAFETY = 'services/crm/src/imports/import-safety.int.test.ts'

/** Guards of what a file may do. */
export const IMPORT_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'a company that somebody uses stays when the import that made it is taken back',
    file: 'services/crm/src/operations/take-made-back.ts',
    from: 'used.has(one.item.recordId)',
    to: 'false',
    test: 'services/crm/src/imports/made-beside.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a tag that somebody uses stays when the import that made it is taken back',
    file: 'services/crm/src/tags/tags-of-imports.ts',
    from: '(isTaken ? stillUsed() : null)',
    to: '(null)',
    test: 'services/crm/src/imports/made-beside.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a file makes no consent of an earlier refusal',
    file: 'services/crm/src/imports/planned-contact.ts',
    from: "if (isRefused && !((given.consentOn ?? '') > (current.consentOn ?? ''))) return taken",
    to: '',
    test: 'services/crm/src/imports/person-columns.int.test.ts',
    project: 'int',
  },
  {
    guard: 'an import does what its starter may do now',
    file: 'services/crm/src/imports/run-import.ts',
    from: "'operation.rights'",
    to: "'import.rights'",
    test: SAFETY,
    project: 'int',
  },
  {
    guard: 'no row holds up the others of its file',
    file: 'services/crm/src/imports/run-import.ts',
    from: 'if (ctx.signal.aborted || isPassingFailure(error)) throw error',
    to: 'throw error',
    test: SAFETY,
    project: 'int',
  },
  {
    guard: 'a file of which a piece is gone is not called imported',
    file: 'services/crm/src/imports/fetch-file.ts',
    from: "throw new FileProblem('crm.import.file_gone', 'The file is not kept any more: that is done for seven days. Send it again.')",
    to: 'return',
    test: SAFETY,
    project: 'int',
  },
  {
    guard: 'what somebody chose for a file is suggested to nobody else',
    file: 'services/crm/src/imports/analyse-import.ts',
    from: "    .where('createdById', '=', createdById)\n",
    to: '',
    test: SAFETY,
    project: 'int',
  },
]
