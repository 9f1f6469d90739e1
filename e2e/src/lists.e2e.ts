import { boardOnScreen } from './journeys/board-on-screen.ts'
import { bulkOnScreen } from './journeys/bulk-on-screen.ts'
import { cellsOnScreen } from './journeys/cells-on-screen.ts'
import { duplicatesOnScreen } from './journeys/duplicates-on-screen.ts'
import { importOnScreen } from './journeys/import-on-screen.ts'
import { listsOnScreen } from './journeys/lists-on-screen.ts'
import { inBothWays } from './ways.ts'

inBothWays('many records', [listsOnScreen, cellsOnScreen, boardOnScreen, bulkOnScreen, duplicatesOnScreen, importOnScreen])
