/** Words of the primitives. */
export const ui = {
  cancel: 'Cancel',
  close: 'Close',
  undo: 'Undo',
  save: 'Save',
  discard: 'Discard',
  retry: 'Try again',
  failed: 'That did not work. Nothing was lost; try again.',
  waiting: 'One moment …',
  line: 'Line {{line}}',
  moreLines_one: 'And {{count}} more.',
  moreLines_other: 'And {{count}} more.',
  money: {
    'not-a-price': 'This is not a price. Write it like 12.50.',
    'too-large': 'This price is too large.',
  },
} as const
