/** Words of the frame around every screen. */
export const frame = {
  skip: 'Skip to the content',
  rail: 'Main',
  sessions: 'Sessions',
  products: 'Products',
  activity: 'Activity',
  running_one: '{{count}} under way',
  running_other: '{{count}} under way',
  settings: 'Settings',
  dev: 'Developers',
  opened: '{{screen}} opened',
  broken: {
    title: 'This screen has a problem',
    text: 'Your data is safe. Load the screen again; if that does not help, close Hudson and open it once more.',
    reload: 'Load again',
  },
  notFound: {
    title: 'There is nothing here',
    text: 'The link may be old, or what it led to was deleted.',
    back: 'To the sessions',
  },
} as const
