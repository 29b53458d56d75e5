import { createRoot } from 'react-dom/client'
import './portal.css'
import type { Settings } from './settings.ts'
import { Portal } from './shell/portal.tsx'

/** The script of the shell's page. */
const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}') as Settings
const container = document.getElementById('web-container')

if (container) {
  createRoot(container).render(<Portal settings={settings} />)
  document.querySelector('.fxs-splashscreen')?.remove()
}
