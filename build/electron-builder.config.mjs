/**
 * How packages are made (docs/packaging.md). `electron-builder --config build/electron-builder.config.mjs`, after `npm run build`.
 * What is secret comes from the environment and is never written here: certificates, the key for notarization.
 */
const env = process.env

/** Azure Trusted Signing where it is set up; else the certificate that electron-builder itself finds in the environment. */
const windowsSigning = env.AZURE_TENANT_ID
  ? {
      azureSignOptions: {
        publisherName: env.HUDSON_WIN_PUBLISHER,
        endpoint: env.HUDSON_AZURE_ENDPOINT,
        certificateProfileName: env.HUDSON_AZURE_PROFILE,
        codeSigningAccountName: env.HUDSON_AZURE_ACCOUNT,
      },
    }
  : {
      signtoolOptions: {
        signingHashAlgorithms: ['sha256'],
        // The whole distinguished names: both, while one certificate takes over from another.
        ...(env.HUDSON_WIN_PUBLISHER && { publisherName: env.HUDSON_WIN_PUBLISHER.split('|') }),
      },
    }

const linuxText =
  'Prepare a numbered line-up from a Shopify catalogue and drive what the host of a live-shopping show reads on camera.'

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'live.hudson.desktop',
  productName: 'Hudson',
  copyright: 'MIT licensed',
  directories: { output: 'dist', buildResources: 'build' },
  // What is bundled is not packed a second time: only what holds native code comes as it is.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!**/*.map',
    '!**/node_modules/**/*.{md,markdown,gyp,gypi,c,cc,cpp,h,hpp,ts,mts,cts}',
    '!**/node_modules/better-sqlite3/{deps,src,build}/**',
    '!**/node_modules/better-sqlite3/prebuilds/*.node',
    'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    '!**/node_modules/keytar/{src,script,build}/**',
    '!**/node_modules/keytar/prebuilds/**',
    'node_modules/keytar/prebuilds/${platform}-${arch}/**',
    '!**/node_modules/node-addon-api/**',
  ],
  asar: true,
  // A library cannot be loaded from inside an archive. Workers can: their scripts are read, not mapped.
  asarUnpack: ['**/*.node'],
  extraResources: [{ from: 'build/tray', to: 'tray' }],
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,
  electronLanguages: ['en-US'],
  afterPack: './build/after-pack.mjs',
  // Not where copies look (that is HUDSON_UPDATES_URL): it makes electron-builder write app-update.yml, which says whose signature
  // an installer must have.
  publish: [{ provider: 'generic', url: 'https://updates.hudson.invalid/' }],
  protocols: [{ name: 'Hudson', schemes: ['hudson'] }],
  toolsets: { appimage: '1.0.3' },
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',

  mac: {
    target: [
      { target: 'dmg', arch: ['arm64', 'x64'] },
      // Updates are taken from it: a disk image cannot be.
      { target: 'zip', arch: ['arm64', 'x64'] },
    ],
    category: 'public.app-category.business',
    icon: 'build/icon.icns',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.inherit.plist',
    // By an API key of App Store Connect (APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER); without one there is none.
    notarize: Boolean(env.APPLE_API_KEY),
    minimumSystemVersion: '13.0',
    extendInfo: { NSHumanReadableCopyright: 'MIT licensed' },
  },
  win: {
    target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    icon: 'build/icon.ico',
    ...windowsSigning,
  },
  nsis: {
    oneClick: false,
    // Into the user's own folder: no administrator, and no rule of the firewall, as nothing from outside is listened to.
    perMachine: false,
    allowElevation: false,
    allowToChangeInstallationDirectory: true,
    createStartMenuShortcut: true,
    createDesktopShortcut: true,
    shortcutName: 'Hudson',
    deleteAppDataOnUninstall: false,
  },
  linux: {
    target: [
      { target: 'deb', arch: ['x64', 'arm64'] },
      { target: 'rpm', arch: ['x64', 'arm64'] },
      { target: 'AppImage', arch: ['x64', 'arm64'] },
    ],
    icon: 'build/icons',
    category: 'Office',
    executableName: 'hudson-desktop',
    maintainer: 'The Hudson Desktop team <team@hudson.invalid>',
    vendor: 'Hudson',
    synopsis: 'Prepare and run live-shopping shows',
    description: linuxText,
    desktop: {
      entry: {
        Name: 'Hudson',
        Comment: 'Prepare and run live-shopping shows',
        StartupWMClass: 'Hudson',
        Keywords: 'live;shopping;show;Shopify;',
      },
    },
  },
  deb: {
    depends: [
      'libgtk-3-0',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0',
      'libuuid1',
      'libsecret-1-0',
    ],
  },
}
