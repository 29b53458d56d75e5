import { useEffect, useRef } from 'react'
import type { Route } from '../route.ts'

const searchSelector = 'header input[role=combobox]'

/** `G` and then one of these (portal-facts.md §1). */
const sequences: Record<string, (go: (route: Route) => void) => void> = {
  '/': () => focusOn(searchSelector),
  n: go => go({ page: 'create-hub' }),
  a: go => go({ page: 'all-services' }),
  b: go => go({ page: 'all-services' }),
  d: go => go({ page: 'home' }),
  r: go => go({ page: 'list', type: 'resourcegroups' }),
  ',': () => focusOn('.fxs-blade-active [role=menubar] [role=menuitem], .fxs-blade-active [role=toolbar] button'),
}

/** Listens for the portal's shortcuts. Returns what hands in a key that was pressed inside a frame. */
export function useShortcuts(go: (route: Route) => void): (key: string) => void {
  const lastG = useRef(0)
  const press = (key: string) => {
    if (key === 'Ctrl+/') return focusOn('.fxs-blade-active .fxs-menu-search input')
    if (key.toLowerCase() === 'g') {
      lastG.current = Date.now()
      return
    }
    const isSequence = Date.now() - lastG.current < 2000
    lastG.current = 0
    if (isSequence) sequences[key.toLowerCase()]?.(go)
  }
  const latest = useRef(press)
  latest.current = press

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event
      if (metaKey || altKey) return
      if (ctrlKey && key !== '/') return
      const typing = target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]')
      if (typing && !ctrlKey) return
      const isLetter = key.length === 1
      if (!isLetter) return
      if (key === '/') event.preventDefault()
      latest.current(ctrlKey ? `Ctrl+${key}` : key)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  return key => latest.current(key)
}

function focusOn(selector: string) {
  document.querySelector<HTMLElement>(selector)?.focus()
}
