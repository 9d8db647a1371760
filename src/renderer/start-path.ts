import { call } from './api.ts'

/**
 * Where the app begins: with the setup where there is nothing yet and nobody turned it down, else with the sessions. Asks first what
 * needs no keychain: no start waits for one.
 */
export async function startPath(): Promise<'/welcome' | '/sessions'> {
  try {
    const [{ wizard }, { counts }] = await Promise.all([call('settings.get', {}), call('app.info', {})])
    if (wizard.done || counts.products > 0 || counts.sessions > 0) return '/sessions'
    const { team, shopify } = await call('setup.state', {})
    // Who left it in the middle goes on there, with what is set up by then.
    const isBegun = wizard.step !== 'welcome'
    return isBegun || !(team || shopify) ? '/welcome' : '/sessions'
  } catch {
    // The sessions say what is wrong.
    return '/sessions'
  }
}
