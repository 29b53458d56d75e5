import { CheckmarkCircleFilled, ChevronDownRegular, ErrorCircleFilled } from '@fluentui/react-icons'
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useVolatileId } from '../volatile-id.ts'
import { acceptOnEnter } from './accept-on-enter.ts'
import { InfoBalloon } from './info-balloon.tsx'
import type {
  ButtonProps,
  CalloutButtonsProps,
  CheckFieldProps,
  FooterProps,
  Kit,
  PickerFieldProps,
  RadioFieldProps,
  TabsProps,
  TagBoxProps,
  TextFieldProps,
} from './kit.ts'
import { footerTexts } from './kit.ts'
import { PickerPopup } from './picker-popup.tsx'

/** Controls in the manner of the portal's older generation: elements of no meaning that carry roles (portal-facts.md §5.1). */
export const fxKit: Kit = {
  Tabs,
  TextField,
  PickerField,
  RadioField,
  CheckField,
  LinkButton,
  Button: FxButton,
  Callout,
  CalloutButtons,
  TagBox,
  Banner,
  Footer,
}

function Tabs({ tabs, selected, children, onSelect }: TabsProps) {
  const list = useRef<HTMLUListElement>(null)
  const move = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step)
      list.current?.querySelectorAll<HTMLElement>('[role=tab]')[(index + step + tabs.length) % tabs.length]?.focus()
    const tab = tabs[index]
    if (tab) pressOnKey(event, () => onSelect(tab.id))
  }
  const current = tabs.find(({ id }) => id === selected)
  return (
    <div className="fxc-wizard">
      <ul role="tablist" className="azc-tabControl" ref={list}>
        {tabs.map(({ id, title, errors }, index) => (
          <li
            key={id}
            role="tab"
            tabIndex={id === selected ? 0 : -1}
            aria-selected={id === selected}
            className={errors > 0 ? 'azc-tab azc-tab-error' : 'azc-tab'}
            onClick={() => onSelect(id)}
            onKeyDown={event => move(event, index)}
          >
            {errors > 0 ? `${title} (${errors})` : title}
          </li>
        ))}
      </ul>
      <div role="tabpanel" aria-label={current?.title} className="azc-tabPanel">
        {children}
      </div>
    </div>
  )
}

interface FieldFrameProps {
  label: string
  labelId: string
  controlId?: string
  required?: boolean | undefined
  info?: string | undefined
  error?: string | undefined
  errorId: string
  nested?: boolean | undefined
  children: ReactNode
}

/** The asterisk is part of the label's text, and so of the control's name. */
function FieldFrame({ label, labelId, controlId, required, info, error, errorId, nested, children }: FieldFrameProps) {
  return (
    <div className={nested ? 'fxc-base fxc-section-control fxc-nested' : 'fxc-base fxc-section-control'}>
      <div className="fxc-weave-label">
        <label id={labelId} htmlFor={controlId}>
          {required ? `${label} *` : label}
        </label>
        {info && <InfoBalloon label={label} text={info} className="fxs-info" />}
      </div>
      <div className="fxc-weave-control">
        {children}
        <div id={errorId} className="fxc-validation" role="status">
          {error}
        </div>
      </div>
    </div>
  )
}

function TextField(props: TextFieldProps) {
  const { label, required, info, error, value, secret, placeholder, autoFocus, onChange, onBlur, onEnter } = props
  const id = useVolatileId('_weave_e')
  const labelId = useVolatileId('form-label-id')
  const errorId = useVolatileId('_weave_e')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (autoFocus) input.current?.focus()
  }, [autoFocus])
  return (
    <FieldFrame
      label={label}
      labelId={labelId}
      controlId={id}
      required={required}
      info={info}
      error={error}
      errorId={errorId}
    >
      <input
        ref={input}
        id={id}
        type={secret ? 'password' : 'text'}
        className="azc-input azc-formControl"
        autoComplete="off"
        spellCheck={false}
        aria-required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        placeholder={placeholder}
        value={value}
        onChange={event => onChange(event.target.value)}
        onBlur={onBlur}
        onKeyDown={event => acceptOnEnter(event, onEnter)}
      />
    </FieldFrame>
  )
}

const filterName = 'Type to filter result or use down arrow to choose options'

function PickerField(props: PickerFieldProps) {
  const { label, required, info, error, options, selected, placeholder, loading, nested, children, onPick } = props
  const labelId = useVolatileId('form-label-id')
  const valueId = useVolatileId('_weave_e')
  const errorId = useVolatileId('_weave_e')
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const [close] = useState(() => () => setOpen(false))
  const text = options.find(({ key }) => key === selected)?.text
  return (
    <FieldFrame
      label={label}
      labelId={labelId}
      required={required}
      info={info}
      error={error}
      errorId={errorId}
      nested={nested}
    >
      <div
        ref={box}
        role="combobox"
        tabIndex={loading ? -1 : 0}
        aria-haspopup="tree"
        aria-expanded={open}
        aria-labelledby={labelId}
        aria-required={required}
        aria-disabled={loading ? true : undefined}
        className={
          loading ? 'azc-formControl fxc-dropdown-open fxc-dropdown-disabled' : 'azc-formControl fxc-dropdown-open'
        }
        onMouseDown={event => {
          if (loading) return
          event.preventDefault()
          setOpen(!open)
        }}
        onKeyDown={event => {
          if (loading || !['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <div id={valueId} className={text ? 'fxc-dropdown-value' : 'fxc-dropdown-value fxc-dropdown-placeholder'}>
          {loading ? 'Loading...' : (text ?? placeholder)}
        </div>
        <ChevronDownRegular aria-hidden="true" />
      </div>
      <div hidden className="fxc-dropdown-measure">
        {options.slice(0, 3).map(option => (
          <div key={option.key} role="treeitem">
            {option.text}
          </div>
        ))}
      </div>
      {children}
      {open &&
        box.current &&
        createPortal(
          <PickerPopup
            anchor={box.current}
            options={options}
            selected={selected}
            filterName={filterName}
            label={label}
            roles={{ list: 'tree', item: 'treeitem' }}
            className="picker-popup fxc-dropdown-popup"
            onPick={onPick}
            onClose={close}
          />,
          document.body,
        )}
    </FieldFrame>
  )
}

function RadioField({ label, info, options, selected, onPick }: RadioFieldProps) {
  const labelId = useVolatileId('form-label-id')
  const errorId = useVolatileId('_weave_e')
  const list = useRef<HTMLUListElement>(null)
  const move = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    const next = step === undefined ? undefined : options[(index + step + options.length) % options.length]
    if (!next) return
    event.preventDefault()
    onPick(next.key)
    list.current?.querySelectorAll('li')[options.indexOf(next)]?.focus()
  }
  return (
    <FieldFrame label={label} labelId={labelId} info={info} errorId={errorId}>
      <ul role="radiogroup" aria-labelledby={labelId} className="azc-optionPicker" ref={list}>
        {options.map(({ key, text }, index) => (
          <li
            key={key}
            role="radio"
            tabIndex={key === selected ? 0 : -1}
            aria-checked={key === selected}
            className="azc-optionPicker-item"
            onClick={() => onPick(key)}
            onKeyDown={event => {
              move(event, index)
              pressOnKey(event, () => onPick(key))
            }}
          >
            {text}
          </li>
        ))}
      </ul>
    </FieldFrame>
  )
}

function CheckField({ label, info, checked, onChange }: CheckFieldProps) {
  const labelId = useVolatileId('form-label-id')
  return (
    <div className="fxc-base fxc-checkfield">
      <div
        role="checkbox"
        tabIndex={0}
        aria-checked={checked}
        aria-labelledby={labelId}
        className="fxc-checkbox"
        onClick={() => onChange(!checked)}
        onKeyDown={event => pressOnKey(event, () => onChange(!checked))}
      />
      <span id={labelId} onClick={() => onChange(!checked)}>
        {label}
      </span>
      {info && <InfoBalloon label={label} text={info} className="fxs-info" />}
    </div>
  )
}

function LinkButton({ name, text, onPress }: { name?: string; text: string; onPress(anchor: HTMLElement): void }) {
  return (
    <a
      role="button"
      tabIndex={0}
      aria-label={name}
      className="fxc-linkbutton"
      onClick={event => onPress(event.currentTarget)}
      onKeyDown={event => pressOnKey(event, () => onPress(event.currentTarget))}
    >
      {text}
    </a>
  )
}

function Callout({ children, onCancel }: { children: ReactNode; onCancel(): void }) {
  return (
    <div
      className="azc-balloon-dialog"
      onKeyDown={event => {
        if (event.key === 'Escape') onCancel()
      }}
    >
      {children}
    </div>
  )
}

function CalloutButtons({ valid, onOk, onCancel }: CalloutButtonsProps) {
  return (
    <div className="fxs-buttons">
      <FxButton text="OK" primary dimmed={!valid} onPress={() => valid && onOk()} />
      <FxButton text="Cancel" onPress={onCancel} />
    </div>
  )
}

/** Reads what was typed when a key comes up, or something is pasted: a value put in without either goes unnoticed. */
function TagBox({ name, value, onChange, onLeave }: TagBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.value = value
  }, [value])
  const read = () => onChange(input.current?.value ?? '')
  return (
    <input
      ref={input}
      type="text"
      className="azc-input azc-formControl"
      aria-label={name}
      autoComplete="off"
      defaultValue={value}
      onKeyUp={read}
      onPaste={() => setTimeout(read)}
      onBlur={onLeave}
    />
  )
}

function Banner({ kind, text }: { kind: 'progress' | 'success' | 'error'; text: string }) {
  return (
    <div className={`fxc-infoBox-container fxc-infoBox-${kind}`} role="status" aria-label={text}>
      {kind === 'progress' && <span className="fxs-progress-spinner" aria-hidden="true" />}
      {kind === 'success' && <CheckmarkCircleFilled className="fxs-status-success" aria-hidden="true" />}
      {kind === 'error' && <ErrorCircleFilled className="fxs-status-error" aria-hidden="true" />}
      <span>{text}</span>
    </div>
  )
}

/** `< Previous` and `Next : Redundancy >`, as these buttons read until about 2024 (portal-facts.md §5). */
function Footer({ tabs, manner, selected, canCreate, busy, onSelect, onCreate }: FooterProps) {
  const index = tabs.findIndex(({ id }) => id === selected)
  const previous = tabs[index - 1]
  const next = tabs[index + 1]
  const review = tabs.at(-1)
  const onReview = selected === review?.id
  const texts = footerTexts(manner, next)
  return (
    <div className="fxc-wizard-footer">
      {onReview ? (
        <FxButton text="Create" primary disabled={!canCreate || busy} onPress={onCreate} />
      ) : (
        <FxButton text={review?.title ?? ''} primary onPress={() => review && onSelect(review.id)} />
      )}
      <FxButton text={texts.previous} disabled={!previous || busy} onPress={() => previous && onSelect(previous.id)} />
      <FxButton text={texts.next} disabled={!next} onPress={() => next && onSelect(next.id)} />
      {onReview && <span className="fxc-wizard-link">Download a template for automation</span>}
    </div>
  )
}

interface FxButtonProps extends ButtonProps {
  /** Looks disabled, and is not. */
  dimmed?: boolean
}

function FxButton({ text, primary, disabled, dimmed, onPress }: FxButtonProps) {
  const classes = [
    'fxc-simplebutton',
    primary ? 'fxc-simplebutton-primary' : '',
    disabled || dimmed ? 'fxs-button-disabled' : '',
  ]
  const press = () => {
    if (!disabled) onPress()
  }
  return (
    <div
      role="button"
      tabIndex={disabled ? -1 : 0}
      title={text}
      aria-disabled={disabled ? true : undefined}
      className={classes.filter(Boolean).join(' ')}
      onClick={press}
      onKeyDown={event => pressOnKey(event, press)}
    >
      {text}
    </div>
  )
}

function pressOnKey(event: KeyboardEvent, press: () => void) {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  press()
}
