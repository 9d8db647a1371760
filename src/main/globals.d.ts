/** The app's version, put in at build time. */
declare const __HUDSON_VERSION__: string
/** Where this build sends crash reports, once people agreed; empty: nowhere. */
declare const __HUDSON_CRASH_DSN__: string
