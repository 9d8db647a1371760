import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { BundlePart, diagnostics } from '#shared/diagnostics.ts'
import { basename } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { Clock } from '../clock.ts'
import type { DocumentsPort } from '../documents.ts'
import { withoutNamesIn } from '../private-text.ts'
import { writeNewFile } from '../db/write-new-file.ts'

/** What goes into a bundle, before it is cleaned. `lines`: one JSON value on each. */
export type BundleContent =
  | { readonly name: string; readonly value: unknown }
  | { readonly name: string; readonly lines: readonly unknown[] }

export interface BundleDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly documents: Pick<DocumentsPort, 'save'>
  /** What the log would write of a value. */
  readonly redact: (value: unknown) => unknown
  readonly contents: () => Promise<readonly BundleContent[]>
}

type BundleHandlers = Omit<Handlers<typeof diagnostics>, 'diagnostics.run'>

interface Bundle {
  readonly id: string
  readonly fileName: string
  readonly parts: readonly BundlePart[]
}

/**
 * diagnostics.bundle and its like: how Hudson stands, as files for whoever helps.
 *
 * 1. Every part passes the redaction of the log, then loses what tells of people and products.
 * 2. What a preview showed is what is saved with its id.
 */
export function createBundle({ clock, documents, redact, contents }: BundleDeps): BundleHandlers {
  let shown: Bundle | null = null
  const made = async (): Promise<Bundle> => ({
    id: uuid(),
    fileName: `hudson-support-${clock.now().slice(0, 16).replaceAll(':', '-').replace('T', '-')}.zip`,
    parts: (await contents()).map((content) => partOf(content, (value) => withoutNamesIn(redact(value)))),
  })
  const wanted = async (previewId: string | undefined): Promise<Bundle> => {
    if (previewId === undefined) return await made()
    if (shown?.id === previewId) return shown
    throw new AppError('stale', 'This preview is not kept any more, so nothing was saved. Look at a new one first.')
  }
  return {
    'diagnostics.bundlePreview': async () => {
      shown = await made()
      return { previewId: shown.id, fileName: shown.fileName, parts: [...shown.parts] }
    },
    'diagnostics.bundle': async ({ path, previewId }) => {
      const bytes = await zipped(await wanted(previewId))
      writeNewFile(path, bytes)
      return { fileName: basename(path), bytes: bytes.length }
    },
    'diagnostics.exportBundle': async ({ previewId }) => {
      const bundle = await wanted(previewId)
      return { fileName: bundle.fileName, base64: Buffer.from(await zipped(bundle)).toString('base64') }
    },
    'diagnostics.saveBundle': async ({ previewId }) => {
      const bundle = await wanted(previewId)
      return { savedAs: await documents.save({ fileName: bundle.fileName, bytes: await zipped(bundle) }) }
    },
  }
}

function partOf(content: BundleContent, clean: (value: unknown) => unknown): BundlePart {
  const { name } = content
  const text =
    'lines' in content
      ? // One by one: of a long list the redaction would show only the beginning.
        content.lines.map((line) => `${JSON.stringify(clean(line))}\n`).join('')
      : `${JSON.stringify(clean(content.value), null, 2)}\n`
  return { name, text, bytes: Buffer.byteLength(text) }
}

async function zipped({ parts }: Bundle): Promise<Uint8Array> {
  const { zipSync } = await import('fflate')
  return zipSync(Object.fromEntries(parts.map(({ name, text }) => [name, Buffer.from(text)])))
}
