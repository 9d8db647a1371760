import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron'
import { must } from '#shared/must.ts'
import { expect, test, vi } from 'vitest'
import { sayIn } from '../support/say-in.ts'
import { createOpenOutside } from '../../src/main/electron/open-outside.ts'

/** A user who answers when the test says so. */
function user() {
  const asked: MessageBoxOptions[] = []
  const answers: ((value: MessageBoxReturnValue) => void)[] = []
  const opened: string[] = []
  const warned: string[] = []
  const quiet = (): void => {}
  const showMessageBox = (...given: readonly unknown[]): Promise<MessageBoxReturnValue> => {
    // With a window as the first argument, the question would lie over it.
    expect(given).toHaveLength(1)
    asked.push(given[0] as MessageBoxOptions)
    return new Promise((resolve) => answers.push(resolve))
  }
  const open = createOpenOutside({
    shell: {
      openExternal: async (url) => {
        if (url.includes('fails')) throw new Error('no program for it')
        opened.push(url)
      },
    },
    dialog: { showMessageBox },
    say: sayIn('en'),
    log: { debug: quiet, info: quiet, error: quiet, warn: (event) => warned.push(event) },
  })
  const answer = async (button: string): Promise<void> => {
    const response = must(asked.at(-1)?.buttons, 'buttons').indexOf(button)
    must(answers.shift(), 'a question')({ response, checkboxChecked: false })
    await new Promise(setImmediate)
  }
  return { open, answer, asked, opened, warned }
}

test('an address is opened once the user has read it and agreed', async () => {
  const { open, answer, asked, opened } = user()
  open('https://example.test/help')
  expect(asked).toMatchObject([{ detail: 'https://example.test/help', message: 'Open this page in the browser?' }])
  expect(opened).toEqual([])
  await answer('Open')
  expect(opened).toEqual(['https://example.test/help'])
})

test('Cancel is what Enter and Escape do, and opens nothing', async () => {
  const { open, answer, asked, opened } = user()
  open('mailto:a@example.test')
  const { buttons, defaultId, cancelId, message } = must(asked[0], 'a question')
  expect([buttons?.[defaultId ?? -1], buttons?.[cancelId ?? -1], message]).toEqual([
    'Cancel',
    'Cancel',
    'Write a mail?',
  ])
  await answer('Cancel')
  expect(opened).toEqual([])
})

test('a page that asks for a hundred windows gets one question, and the next one may ask again', async () => {
  const { open, answer, asked, opened } = user()
  for (let n = 0; n < 100; n++) open(`https://example.test/${String(n)}`)
  expect(asked).toHaveLength(1)
  await answer('Open')
  expect(opened).toEqual(['https://example.test/0'])
  open('https://example.test/again')
  await answer('Open')
  expect(opened.at(-1)).toBe('https://example.test/again')
})

test('a system without a program for it breaks nothing', async () => {
  const { open, answer, opened, warned } = user()
  open('https://example.test/fails')
  await answer('Open')
  await vi.waitFor(() => expect(warned).toEqual(['an address could not be opened']))
  open('https://example.test/works')
  await answer('Open')
  expect(opened).toEqual(['https://example.test/works'])
})
