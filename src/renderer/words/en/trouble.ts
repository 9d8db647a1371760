/** Words of what does not work and lasts: this computer's disk, its data, its clock; a team that is ahead. */
export const trouble = {
  region: 'What needs a look',
  more_one: '{{count}} more notice',
  more_other: '{{count}} more notices',
  fewer: 'Show only the first',
  since: 'Since',
  retry: 'Try again now',
  storage: {
    full: {
      title: 'Nothing is saved: the disk is full',
      text: 'What you type stays in its field. Free some space on this computer; Hudson tries again every few seconds and goes on by itself.',
    },
    refused: {
      title: 'Nothing is saved: Hudson may not write to its data folder',
      text: 'What you type stays in its field. Check the folder’s permissions, and that its disk is not write-protected; Hudson tries again every few seconds and goes on by itself.',
    },
    broken: {
      title: 'Nothing is saved: the disk cannot be written',
      text: 'What you type stays in its field. Check that the disk is connected and healthy; Hudson tries again every few seconds and goes on by itself.',
    },
  },
  update: {
    title: 'Update required',
    text: 'Your team works with a newer Hudson. You can go on working here, but nothing goes to the team and nothing comes from it until this Hudson is updated.',
    waiting_one: '{{count}} edit waits on this computer. It is safe, and is sent after the update.',
    waiting_other: '{{count}} edits wait on this computer. They are safe, and are sent after the update.',
    look: 'Look for the update',
    looking: 'Looking …',
    install: 'Install {{version}} and restart',
    installing: 'Installing …',
    none: 'There is no newer version yet. Ask whoever looks after the team’s database.',
    byHand: 'This copy does not update itself: install the newest Hudson on this computer and start it again.',
    save: 'Save the edits as a file',
    saved: 'Saved “{{name}}”',
  },
  recovery: {
    title: 'Hudson has repaired its data',
    text: 'A part of it was damaged on this computer. What could be read is here again.',
    lost_one:
      'A part of it was damaged on this computer. {{count}} edit that waited for the team could not be read any more.',
    lost_other:
      'A part of it was damaged on this computer. {{count}} edits that waited for the team could not be read any more.',
    show: 'What was recovered',
    dismiss: 'Dismiss',
    last: 'The last repair',
    at: 'Repaired on {{time}}.',
    editsKept: 'Waiting edits kept',
    editsLost: 'Waiting edits lost',
    rowsRead: 'Entries read',
    rowsMended: 'Entries mended',
    rowsFromBackup: 'From the backup',
    rowsMade: 'Made anew',
    lostAdvice: 'Look through what you changed last: the lost edits are not in it.',
    mendedAdvice: 'In the mended entries a damaged value was replaced. Look at them once.',
    madeAdvice: 'What has lost its product or session now stands under “Recovered …”.',
    incomplete:
      'Something may be missing. With a team it comes back as soon as its database is reached; without one, a backup may have more.',
    backup: 'The backup {{name}} was used.',
    folder: 'Nothing was deleted: the damaged files are in the folder {{name}}.',
  },
  damage: {
    title: 'A part of the data on this computer is damaged',
    text: 'What you saved is kept. End Hudson and start it again, after the show if one is on: it then repairs what it can, and tells you what it found.',
  },
  secrets: {
    title: 'A stored password or key cannot be read',
    text: 'What needs it is switched off; everything else works, and what you change is saved here.',
    open: 'Open the settings',
  },
  clock: {
    behind_one: 'This computer’s clock is {{count}} minute behind',
    behind_other: 'This computer’s clock is {{count}} minutes behind',
    ahead_one: 'This computer’s clock is {{count}} minute ahead',
    ahead_other: 'This computer’s clock is {{count}} minutes ahead',
    text: 'The times that your team sees of your changes are off. Turn on automatic time in the system’s settings.',
  },
  studio: {
    title: 'Displays in browsers cannot be opened',
    text: 'This computer gave Hudson no port for them. This window and the screens of this computer work; Hudson tries again every minute.',
  },
} as const
