import { FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * The switches in Electron's binary, all nine, each said. What a package must not do even where somebody starts it with other
 * arguments or variables (docs/threat-model.md, T3).
 */
export function fusesFor(platform) {
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Electron as a plain Node, with all rights of the app's signature.
    [FuseV1Options.RunAsNode]: false,
    // Cannot be taken back for a profile that was written with it; ours never was written without.
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    // Electron checks archives on macOS and Windows only.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform === 'darwin' || platform === 'win32',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    // One that was put there would run before any check (CVE-2025-55305).
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Nothing of ours lives under file:.
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  }
}
