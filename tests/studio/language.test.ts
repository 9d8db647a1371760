import { expect, test } from 'vitest'
import { openStudio } from './open-studio.ts'

test('what the core says follows the settings, at once; the command line may ask for English', async () => {
  await using one = await openStudio()
  const { call, send, studio } = one
  const english = 'There is nothing to undo.'
  const german = 'Es gibt nichts rückgängig zu machen.'
  const refused = (message: string) => ({ ok: false, error: { code: 'not-found', message } })
  const undo = async (): Promise<unknown> => (await call('history.undo', { scope: 'backups' })).json()
  expect(await undo()).toEqual(refused(english))
  const languages: unknown[] = []
  one.app.events.on('changed', ({ feature }) => languages.push(feature))

  await call('settings.update', { patch: { language: 'de' } })
  expect(languages).toEqual(['settings', 'app'])
  expect((await call('app.info')).json()).toMatchObject({ value: { language: 'de' } })
  expect(await undo()).toEqual(refused(german))
  const headers = { authorization: `Bearer ${studio.token}`, 'accept-language': 'en' }
  const asked = await send('/call/history.undo', { method: 'POST', headers, body: '{"scope":"backups"}' })
  expect(asked.json()).toEqual(refused(english))
  const upload = await send('/upload', { method: 'POST', headers, body: 'MZ\0\0program' })
  expect(upload.json()).toMatchObject({
    error: { message: expect.stringContaining('Diese Datei ist nicht verwendbar') },
  })

  const locked = await send('/sessions')
  expect([locked.status, locked.text]).toEqual([
    401,
    expect.stringMatching(/lang="de"[^]*Diese Seite braucht einen Link/),
  ])

  await call('settings.update', { patch: { language: 'en' } })
  expect(await undo()).toEqual(refused(english))
})
