import type { Manifest, ReleaseFile } from './manifest.ts'
import type { PackageKind } from './package-kind.ts'

/** A release whose manifest was checked, and the file of it that is for this copy of Hudson. */
export interface Release {
  readonly manifest: Manifest
  readonly file: ReleaseFile
  readonly url: string
  /** Whether it is older than what is installed; that was asked for. */
  readonly isDown: boolean
}

export interface EngineDownload {
  readonly signal: AbortSignal
  readonly onProgress: (done: number) => void
}

/** What fetches a package and puts it in place, by the ways of its kind. */
export interface UpdateEngine {
  /** Answers the path of the file. Rejects where it is not exactly what the manifest says. */
  download(release: Release, options: EngineDownload): Promise<string>
  /** Puts a package that was measured a moment ago in place of this version. The app ends right after; `restart`: and starts again. */
  install(found: LocalPackage, options: { readonly restart: boolean }): Promise<void>
}

/** A package on this disk. */
export interface LocalPackage {
  readonly version: string
  readonly path: string
  readonly size: number
  /** Base64. */
  readonly sha512: string
}

/** How this copy of Hudson was installed; null where nothing was: development, or the studio server by itself. */
export interface UpdatePlatform {
  readonly kind: PackageKind
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly engine: UpdateEngine
  /** The package that runs now, where it is a file that can be kept: an AppImage. */
  readonly runningPackage: string | null
  /** Ends the app, so that `Updates.exit` can put the new version in place. */
  readonly quit: () => void
}
