/** Words of the page for developers. */
export const dev = {
  title: 'Developers',
  closed: 'This page is for development builds.',
  calls: 'Calls',
  search: 'Find a call',
  query: 'query',
  command: 'command',
  audience: 'for {{audience}}',
  input: 'Input as JSON',
  send: 'Call',
  notJson: 'This is not JSON: {{reason}}',
  reply: 'Reply',
  took: '{{ms}} ms',
  schema: 'Input schema',
  events: 'Events',
  noEvents: 'Nothing was announced since this page was opened.',
  clear: 'Clear',
} as const
