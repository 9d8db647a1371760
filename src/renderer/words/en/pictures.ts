/** Words of the settings of pictures. */
export const pictures = {
  title: 'Pictures',
  hint: 'Pictures of products are fetched once and kept on this computer, so that a show needs no network.',
  here: 'Here',
  hereOf: '{{ready}} of {{total}}',
  room: 'They take',
  roomOf: '{{bytes}} of {{cap}} MB',
  cap: 'Room for pictures',
  megabytes: 'MB',
  days: 'Keep what nobody looks at for',
  daysUnit: 'days',
  explain:
    'What has to go is fetched again when somebody opens it. Pictures of sessions that are ready, on air, due within two weeks or opened in the last two days stay, and so do those that you added yourself.',
  over: 'More than that is here, because sessions need them.',
  fetch: 'Fetch what is missing',
  fetching: 'What is missing is being fetched.',
  complete: 'All pictures are here.',
} as const
