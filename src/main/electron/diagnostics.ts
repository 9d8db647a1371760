import { app, dialog } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Say } from '../words/speech.ts'

const LINES = 500
const asked = ['app.info', 'sync.status', 'screens.list', 'secrets.status', 'backups.list', 'recovery.report'] as const

interface DiagnosticsDeps {
  readonly config: Pick<Config, 'logDir'>
  readonly dispatch: Dispatch
  readonly say: Say
}

/**
 * Writes down, where the user wants it, how Hudson stands: versions, state of the team, screens, backups, and the last lines
 * of the log. No secret is in it: what endpoints answer holds none, and the log was written without.
 */
export async function saveDiagnostics({ config, dispatch, say }: DiagnosticsDeps): Promise<void> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: say('Save diagnostics'),
    defaultPath: 'hudson-diagnostics.json',
    filters: [{ name: 'JSON', extensions: ['json'] }],
  })
  if (canceled || filePath === '') return
  const replies = await Promise.all(asked.map(async (name) => [name, await dispatch(name, {})] as const))
  const { electron, chrome, node } = process.versions
  const report = {
    savedAt: new Date().toISOString(),
    system: { platform: platform(), release: release(), arch: arch(), locale: app.getLocale() },
    versions: { hudson: app.getVersion(), electron, chrome, node },
    ...Object.fromEntries(replies.map(([name, reply]) => [name, reply.ok ? reply.value : reply.error])),
    log: lastLines(join(config.logDir, 'hudson.log')),
  }
  await writeFile(filePath, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 })
}

function lastLines(path: string): unknown[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-LINES)
  return lines.map((line) => {
    try {
      return JSON.parse(line) as unknown
    } catch {
      // Cut off by a crash, or by the change to a new file.
      return line
    }
  })
}
