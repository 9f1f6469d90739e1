import { accessiblePages } from './journeys/accessible-pages.ts'
import { embedded } from './ways.ts'

embedded([{ name: 'pages', journeys: [accessiblePages] }])
