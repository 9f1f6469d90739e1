import { fieldEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { createField } from './create-field.ts'
import { deleteField } from './delete-field.ts'
import { previewFormula } from '../formulas/preview-formula.ts'
import { listFields } from './list-fields.ts'
import { orderFields } from './order-fields.ts'
import { restoreField } from './restore-field.ts'
import { updateField } from './update-field.ts'

export const fieldRoutes = [
  crm.handle(fieldEndpoints.listFields, async (ctx, { query }) => listFields(ctx, query)),
  crm.handle(fieldEndpoints.createField, async (ctx, { body }) => createField(ctx, body)),
  crm.handle(fieldEndpoints.previewFormula, async (ctx, { body }) => previewFormula(ctx, body)),
  crm.handle(fieldEndpoints.orderFields, async (ctx, { body }) => orderFields(ctx, body)),
  crm.handle(fieldEndpoints.updateField, async (ctx, { params, body }, http) => updateField(ctx, params.fieldId, http.expectedVersion, body)),
  crm.handle(fieldEndpoints.deleteField, async (ctx, { params }) => deleteField(ctx, params.fieldId)),
  crm.handle(fieldEndpoints.restoreField, async (ctx, { params }) => restoreField(ctx, params.fieldId)),
]
