import { webDarkTheme, webLightTheme } from '@fluentui/react-components'
import type { Theme } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'

/** The portal's theme Auto: it follows the system's setting (Learn, `azure-portal/set-preferences`). */
export function useTheme(): Theme {
  const dark = useSyncExternalStore(subscribe, () => system.matches)
  return dark ? webDarkTheme : webLightTheme
}

const system = matchMedia('(prefers-color-scheme: dark)')

function subscribe(listener: () => void) {
  system.addEventListener('change', listener)
  return () => system.removeEventListener('change', listener)
}
