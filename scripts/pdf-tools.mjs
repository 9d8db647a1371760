/** What reads the text of a PDF, for the tests of what is printed. */
import { spawnSync } from 'node:child_process'
import { installPackages } from './apt.mjs'

/** Installs it where that can be done; their tests skip, and say why, where it is missing. */
export const installPdfTools = () =>
  installPackages(['poppler-utils'], () => spawnSync('sh', ['-c', 'command -v pdftotext']).status === 0)
