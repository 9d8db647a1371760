import { dialog } from 'electron'

interface Offer {
  readonly version: string
  readonly earlier: string
  readonly tries: number
  /** Whether the data has to go back as well. */
  readonly needsBackup: boolean
}

/** Asks, before anything is opened, whether a version that does not start is to give way to the one before it. */
export async function wantsEarlierVersion({ version, earlier, tries, needsBackup }: Offer): Promise<boolean> {
  const data = needsBackup
    ? `${earlier} cannot read the data of ${version}, so the data goes back to the backup from before the update; what is there now is put into the folder “quarantine”.`
    : 'The data stays as it is.'
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: `Hudson ${version} did not start ${tries} times.`,
    detail: `You can go back to ${earlier}, which ran here before. ${data}`,
    buttons: [`Go back to ${earlier}`, 'Try once more'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

/** Asks what to do with data that a newer version wrote. */
export async function wantsBackup(message: string, at: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Hudson cannot open this data',
    detail: `${message}\n\nThere is a backup from ${new Date(at).toLocaleString()} that this version can open. The newer data is kept, in the folder “quarantine”; edits that only it has are not in the backup.`,
    buttons: ['Close Hudson', 'Open the backup'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}
