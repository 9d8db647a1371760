import { dialog } from 'electron'
import type { Say } from '../words/speech.ts'

interface Offer {
  readonly version: string
  readonly earlier: string
  readonly tries: number
  /** Whether the data has to go back as well. */
  readonly needsBackup: boolean
}

/** The questions before anything is open: in the language of the system, for the settings cannot be read yet. */
export class EarlyQuestions {
  readonly #say: Say

  constructor(say: Say) {
    this.#say = say
  }

  /** Asks whether a version that does not start is to give way to the one before it. */
  async wantsEarlierVersion({ version, earlier, tries, needsBackup }: Offer): Promise<boolean> {
    const say = this.#say
    const data = needsBackup
      ? say(
          '{earlier} cannot read the data of {version}, so the data goes back to the backup from before the update; what is there now is put into the folder “quarantine”.',
          { earlier, version },
        )
      : say('The data stays as it is.')
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: say('Hudson {version} did not start {tries} times.', { version, tries }),
      detail: `${say('You can go back to {earlier}, which ran here before.', { earlier })} ${data}`,
      buttons: [say('Go back to {earlier}', { earlier }), say('Try once more')],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    })
    return response === 0
  }

  /** Asks what to do with data that a newer version wrote; `problem` says so. */
  async wantsBackup(problem: string, at: string): Promise<boolean> {
    const say = this.#say
    const time = new Date(at).toLocaleString()
    const offer = say(
      'There is a backup from {time} that this version can open. The newer data is kept, in the folder “quarantine”; edits that only it has are not in the backup.',
      { time },
    )
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: say('Hudson cannot open this data'),
      detail: `${problem}\n\n${offer}`,
      buttons: [say('Close Hudson'), say('Open the backup')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    return response === 1
  }
}
