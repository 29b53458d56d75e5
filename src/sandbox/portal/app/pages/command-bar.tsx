import {
  AddRegular,
  ArrowClockwiseRegular,
  ArrowDownloadRegular,
  ArrowExportRegular,
  ArrowSwapRegular,
  BoxMultipleRegular,
  ColumnEditRegular,
  DeleteRegular,
  DismissRegular,
  GroupListRegular,
  MoreHorizontalRegular,
  OpenRegular,
  PlayRegular,
  PlugConnectedRegular,
  PersonFeedbackRegular,
  StopRegular,
  TagRegular,
} from '@fluentui/react-icons'
import type { FluentIcon } from '@fluentui/react-icons'
import type { KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useHost } from '../host.ts'
import { DropMenu } from './drop-menu.tsx'

export interface Command {
  name: string
  icon: CommandIcon
  disabled?: boolean
  /** Without it a pane says that the sandbox has no such thing. */
  onPress?: () => void
  /** What it offers instead of doing something itself (portal-facts.md §17.16). */
  menu?: { name: string; onPress(): void }[]
}

/** Each with the private-use character that an icon font has in its place (portal-facts.md §4). */
const icons = {
  add: ['\ue710', AddRegular],
  manage: ['\ue7a8', ColumnEditRegular],
  refresh: ['\ue72c', ArrowClockwiseRegular],
  export: ['\ue896', ArrowExportRegular],
  open: ['\ue8a7', OpenRegular],
  tag: ['\ue8ec', TagRegular],
  delete: ['\ue74d', DeleteRegular],
  move: ['\ue8de', ArrowSwapRegular],
  group: ['\uf168', GroupListRegular],
  cancel: ['\ue711', DismissRegular],
  run: ['\ue768', PlayRegular],
  connect: ['\ue703', PlugConnectedRegular],
  restart: ['\ue777', ArrowClockwiseRegular],
  stop: ['\ue71a', StopRegular],
  download: ['\ue896', ArrowDownloadRegular],
  feedback: ['\ued15', PersonFeedbackRegular],
  backup: ['\ue8f1', BoxMultipleRegular],
} satisfies Record<string, [glyph: string, icon: FluentIcon]>

export type CommandIcon = keyof typeof icons

interface CommandBarProps {
  /** Lists have a menu bar, overviews a toolbar (portal-facts.md §2). */
  kind: 'menubar' | 'toolbar'
  commands: Command[]
  /** A second group, behind a separator. */
  further?: Command[]
}

/** What doesn't fit goes under "More commands". Arrow keys move between the commands. */
export function CommandBar({ kind, commands, further = [] }: CommandBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const width = useWidth(bar)
  const [open, setOpen] = useState(false)
  const furtherWidth = further.reduce((sum, command) => sum + widthOf(command), 0)
  const fitting = countFitting(commands, width - furtherWidth - 56)
  const overflow = commands.slice(fitting)
  const itemRole = kind === 'menubar' ? 'menuitem' : undefined

  return (
    <div
      ref={bar}
      role={kind}
      aria-label="Command bar"
      className="ext-commandbar"
      onKeyDown={event => moveFocus(event, bar.current)}
    >
      <div role="group" className="ext-commandbar-group">
        {commands.slice(0, fitting).map(command => (
          <CommandEntry key={command.name} command={command} role={itemRole} />
        ))}
        {overflow.length > 0 && (
          <div className="ext-commandbar-more">
            <button
              type="button"
              role={itemRole}
              className="ext-command"
              aria-label="More commands"
              aria-haspopup="menu"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <MoreHorizontalRegular />
            </button>
            {open && (
              <DropMenu name="More commands" onClose={() => setOpen(false)}>
                {overflow.map(command => (
                  <CommandButton key={command.name} command={command} role="menuitem" onDone={() => setOpen(false)} />
                ))}
              </DropMenu>
            )}
          </div>
        )}
      </div>
      {further.length > 0 && (
        <>
          <div role="separator" className="ext-commandbar-separator" />
          <div role="group" className="ext-commandbar-group">
            {further.map(command => (
              <CommandButton key={command.name} command={command} role={itemRole} />
            ))}
          </div>
        </>
      )}
    </div>
  )
}

/** A command, or a button with a menu of its own. */
function CommandEntry({ command, role }: { command: Command; role: 'menuitem' | undefined }) {
  const [open, setOpen] = useState(false)
  if (!command.menu) return <CommandButton command={command} role={role} />
  return (
    <div className="ext-commandbar-more">
      <CommandButton command={{ ...command, onPress: () => setOpen(!open) }} role={role} expanded={open} />
      {open && (
        <DropMenu name={command.name} onClose={() => setOpen(false)}>
          {command.menu.map(({ name, onPress }) => (
            <button key={name} type="button" role="menuitem" className="ext-command" onClick={onPress}>
              {name}
            </button>
          ))}
        </DropMenu>
      )}
    </div>
  )
}

function CommandButton({
  command,
  role,
  expanded,
  onDone,
}: {
  command: Command
  role: 'menuitem' | undefined
  expanded?: boolean
  onDone?: () => void
}) {
  const { openPane } = useHost()
  const [glyph, Icon] = icons[command.icon]
  const press = command.onPress ?? (() => openPane({ type: 'stub', title: command.name }))
  return (
    <button
      type="button"
      role={role}
      className="ext-command"
      aria-haspopup={expanded === undefined ? undefined : 'menu'}
      aria-expanded={expanded}
      aria-disabled={command.disabled ? true : undefined}
      onClick={() => {
        if (command.disabled) return
        onDone?.()
        press()
      }}
    >
      <i data-icon-name={command.icon} className="ext-glyph">
        <span>{glyph}</span>
        <Icon aria-hidden="true" />
      </i>
      <span>{command.name}</span>
    </button>
  )
}

function moveFocus(event: KeyboardEvent, bar: HTMLElement | null) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (!step || !bar) return
  event.preventDefault()
  const stops = [...bar.querySelectorAll<HTMLElement>('button')]
  const next = stops.indexOf(document.activeElement as HTMLElement) + step
  stops[(next + stops.length) % stops.length]?.focus()
}

const widthOf = ({ name }: Command) => 52 + name.length * 7.2

function countFitting(commands: Command[], room: number) {
  let used = 0
  const fitting = commands.findIndex(command => (used += widthOf(command)) > room)
  return fitting < 0 ? commands.length : fitting
}

function useWidth(element: { current: HTMLElement | null }) {
  const [width, setWidth] = useState(() => innerWidth)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(entries => setWidth(entries[0]?.contentRect.width ?? innerWidth))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
