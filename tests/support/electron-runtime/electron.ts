import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { serveControl } from './control.ts'
import { dialog } from './dialog.ts'
import { globalShortcut } from './global-shortcut.ts'
import { ipcMain } from './ipc-main.ts'
import { MenuItem } from './menu-item.ts'
import { Menu } from './menu.ts'
import { nativeImage } from './native-image.ts'
import { nativeTheme } from './native-theme.ts'
import { absent } from './not-built.ts'
import { Notification } from './notification.ts'
import { powerMonitor, powerSaveBlocker } from './power.ts'
import { safeStorage } from './safe-storage.ts'
import { screen } from './screen.ts'
import { protocol, session } from './session.ts'
import { shell } from './shell.ts'
import { Tray } from './tray.ts'
import { autoUpdater, crashReporter } from './updates.ts'

// The `electron` module of the main process. What is not built is here too, and throws by its name at the first use.

export { app, BrowserWindow, dialog, globalShortcut, ipcMain, Menu, MenuItem, nativeImage, nativeTheme, Notification }
export {
  autoUpdater,
  crashReporter,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
}

export const BaseWindow = absent('BaseWindow')
export const BrowserView = absent('BrowserView')
export const clipboard = absent('clipboard')
export const contentTracing = absent('contentTracing')
export const desktopCapturer = absent('desktopCapturer')
export const inAppPurchase = absent('inAppPurchase')
export const MessageChannelMain = absent('MessageChannelMain')
export const net = absent('net')
export const netLog = absent('netLog')
export const pushNotifications = absent('pushNotifications')
export const ShareMenu = absent('ShareMenu')
export const systemPreferences = absent('systemPreferences')
export const TouchBar = absent('TouchBar')
export const utilityProcess = absent('utilityProcess')
export const View = absent('View')
export const webContents = absent('webContents')
export const WebContentsView = absent('WebContentsView')
export const webFrameMain = absent('webFrameMain')

serveControl()
