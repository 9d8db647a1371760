import { partEdits, productEdits } from './catalogue-edits.ts'
import { rows } from './hand.ts'
import type { Edit, Hand } from './hand.ts'
import { lineupEdits, liveEdits, sessionEdits } from './session-edits.ts'

const past: Readonly<Record<string, Edit>> = {
  undo: (hand) => revert(hand, 'undo'),
  redo: (hand) => revert(hand, 'redo'),
}

function revert(hand: Hand, direction: 'undo' | 'redo'): string | null {
  const { history } = hand.client.core
  const scopes = ['catalogue', 'presets', 'sessions', ...rows(hand, 'sessions').map(({ id }) => `session:${id}`)]
  const scope = hand.dice.pick(scopes.filter((one) => history.state(one)[direction].length > 0))
  if (scope === undefined) return null
  history[direction](scope)
  return scope.slice(0, 14)
}

/** Everything that a person does at a desktop. */
export const edits: Readonly<Record<string, Edit>> = {
  ...productEdits,
  ...partEdits,
  ...sessionEdits,
  ...lineupEdits,
  ...liveEdits,
  ...past,
}

/** How often each is done. */
export const editWeights: Readonly<Record<string, number>> = {
  'make a brand': 1,
  'rename a brand': 2,
  'delete a brand': 1,
  'make a product': 3,
  'import products': 0.5,
  'edit a product': 14,
  'price many products': 1,
  'delete a product': 3,
  'edit a product badly': 0.5,
  'add a variant': 3,
  'edit a variant': 4,
  'remove a variant': 1.5,
  'add an image': 2,
  'edit an image': 3,
  'remove an image': 1,
  'add a talking point': 4,
  'add a preset': 1.5,
  'edit a preset': 2,
  'remove a preset': 0.7,
  'make a session': 1.5,
  'edit a session': 8,
  'freeze numbers': 1,
  'delete a session': 1,
  'add items': 6,
  'move items': 8,
  'edit an item': 14,
  'remove items': 3,
  'drive the show': 5,
  undo: 5,
  redo: 2,
}
