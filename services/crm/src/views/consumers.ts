import { memberRemoved, viewDeleted } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { takeAway } from './delete-view.ts'

/** Nobody can see a personal view any more once its owner is gone; shared ones stay. */
export const viewConsumers = [
  crm.consume({
    name: 'crm.forget-views-of-member',
    event: memberRemoved,
    async handle({ db, emit }, { data }) {
      const views = db.selectFrom('view').select('id').where('ownerId', '=', data.userId).where('isShared', '=', false).where('deletedAt', 'is', null)
      for (const { id } of await views.orderBy('id').forUpdate().execute()) {
        await takeAway(db, id)
        await emit(viewDeleted({ viewId: id }))
      }
    },
  }),
]
