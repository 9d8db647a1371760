/** The app's version, put in at build time. */
declare const __HUDSON_VERSION__: string
