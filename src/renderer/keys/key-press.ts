import type { KeyMoment, KeyTarget } from './match-key.ts'

const FIELD = 'textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"]'
const BUTTON =
  'button, a[href], summary, [role="button"], [role="switch"], [role="checkbox"], [role="radio"], [role="tab"]'
const OVERLAY =
  '[role="dialog"]:not([aria-modal="false"]), [role="alertdialog"]:not([aria-modal="false"]), [role="menu"], [role="listbox"]'
const ACTING_INPUTS = new Set(['button', 'submit', 'reset', 'checkbox', 'image'])

/** Reads a keyboard event of the page once, for matching. */
export function readPress(event: KeyboardEvent): KeyMoment {
  return {
    key: event.key,
    code: event.code,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    altKey: event.altKey,
    shiftKey: event.shiftKey,
    repeat: event.repeat,
    // 229 is what Safari and old input methods send instead of isComposing.
    composing: event.isComposing || event.keyCode === 229,
    altGraph: event.getModifierState('AltGraph'),
    target: targetOf(event.target),
  }
}

function targetOf(target: EventTarget | null): KeyTarget {
  const element = target instanceof Element ? target : document.body
  if (element.closest(OVERLAY) || overlayIsOpen()) return 'dialog'
  if (isField(element)) return 'field'
  if (element instanceof HTMLInputElement) return 'button'
  return element.closest(BUTTON) ? 'button' : 'page'
}

/** Whether what is typed goes into a text. */
export function fieldHasFocus(): boolean {
  return document.activeElement !== null && isField(document.activeElement)
}

function isField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !ACTING_INPUTS.has(element.type)
  return element.closest(FIELD) !== null
}

/** Whether a dialog or a menu has the keys. Toasts are dialogs too, by role, but they say that they are not modal. */
export function overlayIsOpen(): boolean {
  return [...document.querySelectorAll(OVERLAY)].some(
    (element) => !element.closest('[hidden]') && !element.hasAttribute('data-closed'),
  )
}
