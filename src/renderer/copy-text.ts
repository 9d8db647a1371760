/**
 * Puts text on the clipboard; false where it is closed to us. The desktop app grants pages no permission at all, so there the
 * clipboard's own interface refuses: then the old command does it, which a click or a key press is enough for.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Not granted, or (over plain HTTP from elsewhere) not there at all.
    return copyByCommand(text)
  }
}

function copyByCommand(text: string): boolean {
  const taken = { yet: false }
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    taken.yet = true
  }
  document.addEventListener('copy', put, { capture: true, once: true })
  const done = document.execCommand('copy')
  document.removeEventListener('copy', put, { capture: true })
  return done && taken.yet
}
