/** Words of the diagnostics. */
export const diagnostics = {
  title: 'Diagnostics',
  open: 'Diagnostics',
  looking: 'Looking …',
  again: 'Look again',
  copy: 'Copy',
  copied: 'Copied.',
  states: { ok: 'Good', warn: 'Look at this', error: 'Wrong', skipped: 'Not set up' },
  names: {
    version: 'This Hudson',
    team: 'Team',
    clock: 'Clock',
    shopify: 'Shopify',
    model: 'Model',
    database: 'Local database',
    backups: 'Backups',
    disk: 'Disk',
    pictures: 'Pictures',
    secrets: 'Secrets',
    activity: 'Activity',
    updates: 'Updates',
  },
} as const
