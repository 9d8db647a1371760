import { AppError } from '#shared/app-error.ts'
import { app, dialog } from 'electron'
import { writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { DocumentsPort, PageToDraw } from '../documents.ts'
import type { Say } from '../words/speech.ts'
import type { Windows } from './windows.ts'

interface DocumentsDeps {
  readonly say: Say
  readonly windows: Windows
}

type File = Parameters<DocumentsPort['save']>[0]

const kinds: Readonly<Record<string, string>> = { csv: 'CSV', pdf: 'PDF', zip: 'ZIP' }
/** Where people print on Letter; A4 is for everybody else. */
const letterCountries: ReadonlySet<string> = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE', 'CR', 'GT', 'PA', 'DO'])

/**
 * Saves what people keep, where they say.
 *
 * 1. The place is asked for first: nothing is made that nobody wants.
 * 2. A page for a PDF is drawn in a window that nobody sees, with the same fences as all of them, and goes with it.
 */
export class Documents implements DocumentsPort {
  readonly #deps: DocumentsDeps

  constructor(deps: DocumentsDeps) {
    this.#deps = deps
  }

  async save({ fileName, bytes }: File): Promise<string | null> {
    const place = await this.#ask(fileName)
    return place === null ? null : await write(place, bytes)
  }

  async savePdf({ fileName, path, whenDrawn }: PageToDraw): Promise<string | null> {
    const place = await this.#ask(fileName)
    if (place === null) return null
    const window = this.#deps.windows.create({
      kind: 'main',
      path,
      options: { width: 1024, height: 1400 },
      unseen: true,
    })
    try {
      const gone = new Promise<never>((_resolve, reject) => {
        window.webContents.once('render-process-gone', () => reject(lost()))
        window.once('closed', () => reject(lost()))
      })
      // What happens after it was drawn is nobody's matter.
      gone.catch(() => {})
      await Promise.race([whenDrawn(), gone])
      const pageSize = letterCountries.has(app.getLocaleCountryCode()) ? 'Letter' : 'A4'
      const bytes = await window.webContents.printToPDF({ pageSize, printBackground: true, preferCSSPageSize: true })
      return await write(place, bytes)
    } finally {
      if (!window.isDestroyed()) window.destroy()
    }
  }

  async #ask(fileName: string): Promise<string | null> {
    const ending = extname(fileName).slice(1)
    const name = ending === 'xlsx' ? this.#deps.say('Excel workbook') : (kinds[ending] ?? ending)
    const options = { defaultPath: fileName, filters: [{ name, extensions: [ending] }] }
    const parent = this.#deps.windows.focused?.window
    const { canceled, filePath } = parent
      ? await dialog.showSaveDialog(parent, options)
      : await dialog.showSaveDialog(options)
    return canceled || filePath === '' ? null : filePath
  }
}

async function write(path: string, bytes: Uint8Array): Promise<string> {
  try {
    await writeFile(path, bytes)
  } catch (error) {
    throw new AppError(
      'conflict',
      `“${basename(path)}” could not be written there. Is it open in another program, or the disk full? Choose another place.`,
      { cause: error },
    )
  }
  return basename(path)
}

function lost(): AppError {
  return new AppError('busy', 'The page could not be drawn, so nothing was saved. Try again.')
}
