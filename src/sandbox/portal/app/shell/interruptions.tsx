import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import type { Delay, Delays } from '../delays.ts'
import { Modal } from './modal.tsx'
import type { NotificationStore } from './notification-store.ts'

interface InterruptionsProps {
  delays: Delays
  notifications: NotificationStore
}

/** What comes up unasked, decided by the seed (portal-facts.md §7, §17.35). */
export function Interruptions({ delays, notifications }: InterruptionsProps) {
  const [mark, endMark] = useAccident(delays, 'coachmark', { share: 0.3, gone: 'coachmark' })
  const [tip, endTip] = useAccident(delays, 'copilot', { share: 0.3, gone: 'coachmark' })
  const [survey, endSurvey] = useAccident(delays, 'survey', { share: 0.2 })
  const [idle, endIdle] = useAccident(delays, 'inactivity', { share: 0.1 })

  useEffect(() => {
    if (!delays.happens('welcome', 0.4)) return
    const stop = new AbortController()
    delays.wait('interruption', stop.signal).then(
      () => notifications.add({ status: 'info', title: 'Signed in', description: 'You are using the sandbox.' }),
      () => undefined,
    )
    return () => stop.abort()
  }, [delays, notifications])

  return (
    <>
      {mark && (
        <Callout name="What's new" className="fxs-coachmark fxs-coachmark-settings" onEnd={endMark}>
          <strong>What&apos;s new in settings</strong>
          <p>Language and theme are here now. In the sandbox they are fixed.</p>
          <Button appearance="primary" size="small" onClick={endMark}>
            Got it
          </Button>
        </Callout>
      )}
      {tip && (
        <Callout name="Meet Copilot" className="fxs-coachmark" onEnd={endTip}>
          <strong>Meet Copilot</strong>
          <p>Ask about your resources here. In the sandbox it has nothing to say.</p>
          <Button appearance="primary" size="small" onClick={endTip}>
            Got it
          </Button>
        </Callout>
      )}
      {survey && (
        <Callout name="Give feedback" className="fxs-survey" onEnd={endSurvey}>
          <button type="button" className="fxs-blade-button" aria-label="Dismiss" onClick={endSurvey}>
            <DismissRegular aria-hidden="true" />
          </button>
          <strong>How satisfied are you with the portal?</strong>
          <p>Nobody reads the answers: this is the sandbox.</p>
          <div className="fxs-buttons">
            {[1, 2, 3, 4, 5].map(score => (
              <Button key={score} size="small" aria-label={`${score} of 5 stars`} onClick={endSurvey}>
                {score}
              </Button>
            ))}
          </div>
        </Callout>
      )}
      {idle && (
        <Modal
          title="Are you still there?"
          onDismiss={endIdle}
          buttons={
            <>
              <Button appearance="primary" onClick={endIdle}>
                Stay signed in
              </Button>
              <Button onClick={() => location.assign('/signout')}>Sign out now</Button>
            </>
          }
        >
          <p>You have been inactive for a while, and will be signed out soon to keep your resources safe.</p>
        </Modal>
      )}
    </>
  )
}

/** Once in a browser session, some time after the start; `gone` says after which wait it goes by itself. */
function useAccident(delays: Delays, what: string, { share, gone }: { share: number; gone?: Delay }) {
  const [here, setHere] = useState(false)
  useEffect(() => {
    if (!delays.happens(what, share) || sessionStorage.getItem(what)) return
    const stop = new AbortController()
    const show = async () => {
      await delays.wait('interruption', stop.signal)
      setHere(true)
      if (!gone) return
      await delays.wait(gone, stop.signal)
      setHere(false)
    }
    show().catch(() => undefined)
    return () => stop.abort()
  }, [delays, what, share, gone])
  const end = () => {
    sessionStorage.setItem(what, 'seen')
    setHere(false)
  }
  return [here, end] as const
}

interface CalloutProps {
  name: string
  className: string
  onEnd(): void
  children: ReactNode
}

function Callout({ name, className, onEnd, children }: CalloutProps) {
  return (
    <div role="dialog" aria-label={name} className={className} onKeyDown={event => event.key === 'Escape' && onEnd()}>
      {children}
    </div>
  )
}
