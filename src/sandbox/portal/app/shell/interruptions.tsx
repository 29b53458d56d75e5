import { Button } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Delays } from '../delays.ts'
import type { NotificationStore } from './notification-store.ts'

/** What comes up unasked, decided by the seed: a message after sign-in, a tip about Copilot (portal-facts.md §7, §17). */
export function Interruptions({ delays, notifications }: { delays: Delays; notifications: NotificationStore }) {
  const [tip, setTip] = useState(false)

  useEffect(() => {
    const stop = new AbortController()
    const later = (act: () => void) => {
      delays.wait('interruption', stop.signal).then(act, () => undefined)
    }
    if (delays.happens('welcome', 0.4)) {
      later(() => notifications.add({ status: 'info', title: 'Signed in', description: 'You are using the sandbox.' }))
    }
    if (delays.happens('coachmark', 0.3) && !sessionStorage.getItem('coachmark')) later(() => setTip(true))
    return () => stop.abort()
  }, [delays, notifications])

  useEffect(() => {
    if (!tip) return
    const timer = setTimeout(() => setTip(false), delays.next('coachmark'))
    return () => clearTimeout(timer)
  }, [tip, delays])

  const dismiss = () => {
    sessionStorage.setItem('coachmark', 'seen')
    setTip(false)
  }

  if (!tip) return null
  return (
    <div
      role="dialog"
      aria-label="Meet Copilot"
      className="fxs-coachmark"
      onKeyDown={event => event.key === 'Escape' && dismiss()}
    >
      <strong>Meet Copilot</strong>
      <p>Ask about your resources here. In the sandbox it has nothing to say.</p>
      <Button appearance="primary" size="small" onClick={dismiss}>
        Got it
      </Button>
    </div>
  )
}
