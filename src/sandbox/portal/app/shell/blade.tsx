import {
  ChatHelpRegular,
  DismissRegular,
  FullScreenMaximizeRegular,
  MoreHorizontalRegular,
  PinRegular,
  StarRegular,
} from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { BladeHost } from '../host.ts'
import { BladeContent } from '../pages/blade-content.tsx'
import type { Route } from '../route.ts'
import type { Settings } from '../settings.ts'
import { defineBlade } from './blade-definition.ts'
import { EntryIcon } from '../entry-icon.tsx'
import { FrameStack } from './frame-stack.tsx'
import type { Operations } from './operations.ts'
import { ServiceMenu } from './service-menu.tsx'

export interface BladeProps {
  number: number
  route: Route
  parent: Route | undefined
  /** It is an earlier one, off the screen. */
  parked: boolean
  /** Another place is on its way, which this blade will become or make room for. */
  arriving: boolean
  settings: Settings
  host: BladeHost
  operations: Operations
  authorize(renew: boolean): Promise<string>
  onNavigate(route: Route): void
  onKey(key: string): void
}

/** Title, buttons and menu of a page, and the page itself or its frame. */
export function Blade(props: BladeProps) {
  const { route, parent, parked, arriving, settings, onNavigate } = props
  const { title, subtitle, frame, menu } = defineBlade(route, settings)
  const [maximized, setMaximized] = useState(false)
  const section = useRef<HTMLElement>(null)
  const isHome = route.page === 'home'
  useUntabbable(section, parked)
  useArrivalFocus(section, parked)

  return (
    <section
      ref={section}
      role="region"
      tabIndex={-1}
      aria-label={`${title} ${subtitle}`.trim()}
      className={[
        'fxs-blade',
        parked ? 'fxs-blade-parked' : 'fxs-blade-active',
        maximized ? 'fxs-blade-full' : '',
      ].join(' ')}
    >
      {!isHome && (
        <div className="fxs-blade-header">
          <EntryIcon title={subtitle || title} large />
          <div className="fxs-blade-title">
            <h2 className="fxs-blade-title-titleText">{title}</h2>
            {subtitle && <div className="fxs-blade-subtitle">{subtitle}</div>}
          </div>
          {menu && <IconButton name="Add service to favorites" icon={<StarRegular />} />}
          <IconButton name={`Pin content '${title}' to dashboard`} icon={<PinRegular />} />
          <IconButton name="More content actions" icon={<MoreHorizontalRegular />} />
          <CopilotPrompts />
          <div className="fxs-blade-header-space" />
          <IconButton
            name="Toggle full-screen view"
            icon={<FullScreenMaximizeRegular />}
            onPress={() => setMaximized(!maximized)}
          />
          <button
            type="button"
            className="fxs-blade-close fxs-blade-button"
            aria-label={`Close content '${arriving && !parked ? 'undefined' : title}'`}
            onClick={() => onNavigate(parent ?? { page: 'home' })}
          >
            <DismissRegular />
          </button>
        </div>
      )}
      <div className="fxs-blade-body">
        {menu && <ServiceMenu menu={menu} settings={settings} onNavigate={onNavigate} />}
        <div className="fxs-blade-content-container-details">
          {frame ? (
            <FrameStack {...props} name={frame} title={title} />
          ) : (
            <div className="fxs-blade-scroll">
              <BladeContent route={route} />
            </div>
          )}
        </div>
      </div>
    </section>
  )
}

function IconButton({ name, icon, onPress }: { name: string; icon: React.ReactElement; onPress?: () => void }) {
  return (
    <button type="button" className="fxs-blade-button" aria-label={name} title={name} onClick={onPress}>
      {icon}
    </button>
  )
}

/** Its prompts never arrive, as on the live portal (portal-facts.md §11). */
function CopilotPrompts() {
  return (
    <div className="fxs-copilot-prompts" role="group" aria-label="Chat suggestions from Copilot">
      <ChatHelpRegular aria-hidden="true" />
      <div role="progressbar" aria-label="Loading prompts..." className="fxs-copilot-loading">
        <i />
        <i />
      </div>
    </div>
  )
}

/** The keyboard comes along to a new blade, unless it is in use elsewhere, as in the search box. */
function useArrivalFocus(section: { current: HTMLElement | null }, parked: boolean) {
  useEffect(() => {
    const at = document.activeElement
    const isLost = !at || at === document.body || at.closest('.fxs-blade-parked')
    if (!parked && isLost) section.current?.focus({ preventScroll: true })
  }, [section, parked])
}

/** The Tab key passes by a parked blade, although it is still in the document. */
function useUntabbable(section: { current: HTMLElement | null }, parked: boolean) {
  useEffect(() => {
    if (!parked) return
    for (const stop of section.current?.querySelectorAll('a, button, input, iframe, [tabindex]') ?? []) {
      stop.setAttribute('tabindex', '-1')
    }
  }, [section, parked])
}
