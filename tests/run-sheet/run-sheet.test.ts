import { expect, test } from 'vitest'
import { noDocuments } from '../../src/main/documents.ts'
import type { DocumentsPort, PageToDraw } from '../../src/main/documents.ts'
import { createRunSheet } from '../../src/main/run-sheet/run-sheet.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { testCore } from '../support/core.ts'

/** Run sheets, and what a shell is asked to draw. */
function runSheets(given: Partial<DocumentsPort> = {}) {
  const core = testCore()
  const asked: PageToDraw[] = []
  const documents: DocumentsPort = {
    ...noDocuments,
    savePdf: async (page) => {
      asked.push(page)
      await page.whenDrawn()
      return 'sheet.pdf'
    },
    ...given,
  }
  const handlers = createRunSheet({ ...core, documents })
  const sessionId = catalogue(core).session({ slug: 'friday' })
  const jobOf = ({ path }: PageToDraw): string => new URLSearchParams(path.split('?')[1]).get('job') ?? ''
  return { ...core, handlers, asked, sessionId, jobOf }
}

test('a page is saved once it says that it is drawn', async () => {
  const { handlers, asked, sessionId, jobOf } = runSheets()
  const saving = handlers['runSheet.savePdf']({ sessionId, size: 'large' })
  const [page] = asked
  if (!page) throw new Error('No page was asked for')
  expect(page.fileName).toBe('friday-run-sheet.pdf')
  expect(page.path).toContain(`/sessions/${sessionId}/run-sheet?size=large&job=`)
  await handlers['runSheet.ready']({ job: '01900000-0000-7000-8000-000000000000' })
  await handlers['runSheet.ready']({ job: jobOf(page) })
  expect(await saving).toEqual({ savedAs: 'sheet.pdf' })
})

test('a page that does not come is given up', async () => {
  const { handlers, sessionId, clock } = runSheets()
  const saving = Promise.resolve(handlers['runSheet.savePdf']({ sessionId, size: 'compact' }))
  const outcome = saving.catch((error: unknown) => error)
  clock.advance(60_000)
  expect(await outcome).toMatchObject({ code: 'busy' })
})

test('an unknown session is not found, and without the desktop app nothing can be saved', async () => {
  const { handlers, sessionId } = runSheets({ savePdf: noDocuments.savePdf })
  const save = (id: string) => Promise.resolve(handlers['runSheet.savePdf']({ sessionId: id, size: 'compact' }))
  await expect(save('01900000-0000-7000-8000-000000000000')).rejects.toMatchObject({ code: 'not-found' })
  await expect(save(sessionId)).rejects.toMatchObject({ code: 'bad-call' })
  await expect(noDocuments.save({ fileName: 'x.csv', bytes: new Uint8Array() })).rejects.toMatchObject({
    code: 'bad-call',
  })
})
