import type { Import, ImportReading, ImportSettings } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { importQuery } from './queries.ts'
import { forgetChoices } from './use-kept-choice.ts'

/** The steps of an import; each answers how far it then is. */
export function useImportCommands(importId: string) {
  const cache = useQueryClient()
  const params = { importId }
  const onSuccess = (found: Import) => {
    cache.setQueryData(importQuery(importId).queryKey, found)
    void cache.invalidateQueries({ queryKey: ['crm', 'imports'] })
  }
  const onRead = (found: Import) => {
    forgetChoices(importId)
    onSuccess(found)
  }
  const renew = () => void cache.invalidateQueries({ queryKey: ['crm', 'import', importId] })
  return {
    analyse: useCommand({ run: (body: ImportReading) => api.crm.analyseImport({ params, body }), onSuccess: onRead }),
    check: useCommand({ run: (body: ImportSettings) => api.crm.checkImport({ params, body }), onSuccess: onRead }),
    start: useCommand({ run: () => api.crm.startImport({ params }), onSuccess }),
    cancel: useCommand({ run: (operationId: string) => api.crm.cancelOperation({ params: { operationId } }), onSuccess: renew }),
    revert: useCommand({ run: () => api.crm.revertImport({ params }), onSuccess: renew }),
  }
}
export type ImportCommands = ReturnType<typeof useImportCommands>
