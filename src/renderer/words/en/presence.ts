/** Words of where the others are. */
export const presence = {
  editing: '{{device}} is editing here',
  looking: '{{device}} is looking at it',
  note_one: '{{device}} is editing this too. Different fields merge; of the same one, you will both be asked.',
  note_other: '{{device}} are editing this too. Different fields merge; of the same one, you will all be asked.',
} as const
