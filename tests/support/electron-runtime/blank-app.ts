import { app } from 'electron'
import { parseArgs } from 'node:util'

// An app that does nothing: what a test of the runtime wants done it runs in here.

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } }, strict: false })
app.setPath('userData', String(values['data-dir']))
