import { AppError } from '#shared/app-error.ts'

/** Files that a person keeps. The desktop app asks where; each answers the name of the file, or null where nothing was saved. */
export interface DocumentsPort {
  save(file: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<string | null>
  savePdf(page: PageToDraw): Promise<string | null>
}

/** A page of ours that becomes a PDF. */
export interface PageToDraw {
  readonly fileName: string
  readonly path: string
  /** Asked once the page is opened: comes when everything on it is there, fails when that takes too long. */
  readonly whenDrawn: () => Promise<void>
}

/** Where there is no desktop app: a browser saves what it is given, and prints. */
export const noDocuments: DocumentsPort = {
  save: () => Promise.reject(notHere()),
  savePdf: () => Promise.reject(notHere()),
}

function notHere(): AppError {
  return new AppError(
    'bad-call',
    'Only the desktop app can ask where to save a file. In a browser, download it, or print the page and save that as PDF.',
  )
}
