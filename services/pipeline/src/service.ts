import { pipeline } from './ctx.ts'
import { pipelinexRoutes } from './pipelinexes/routes.ts'

export default pipeline.define({
  migrations: new URL('../migrations/', import.meta.url),
  routes: [pipelinexRoutes],
})
