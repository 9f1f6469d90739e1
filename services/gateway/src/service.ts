import { gateway } from './ctx.ts'
import { openDoor } from './open-door.ts'

export default gateway.define({ extensions: [openDoor] })
