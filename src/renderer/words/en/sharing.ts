/** Words of the settings about sharing with the team. */
export const sharing = {
  title: 'Sharing',
  hint: 'Edits go to the team, and the team’s come here, by themselves while there is a network.',
  waits: 'To be sent',
  nothing: 'Nothing',
  edits_one: '{{count}} edit',
  edits_other: '{{count}} edits',
  editsSince_one: '{{count}} edit, since {{time}}',
  editsSince_other: '{{count}} edits, the oldest since {{time}}',
  lastSent: 'Last sent',
  lastReceived: 'Last received',
  never: 'Never',
  now: 'Sync now',
  syncing: 'Syncing …',
  synced: 'Everything is shared.',
  pause: 'Pause',
  resume: 'Resume',
  paused: 'Paused. Everything is saved here and goes out when you resume.',
  device: 'Name of this computer',
  deviceHint:
    'What others read beside an edit from here. Empty: the name that the system gives. Used from the next start of Hudson on.',
  advanced: 'Special networks',
  caFile: 'File with certificates to trust',
  caFileHint:
    'Path of a PEM file, for a database that an authority of your own vouches for. Empty: the public ones. Used from the next start of Hudson on.',
  tls12: 'Also talk TLS 1.2',
  tls12Warning:
    'Older and weaker than TLS 1.3. Turn it on only where the database’s host cannot do better, and off again once it can. Used from the next start of Hudson on.',
} as const
