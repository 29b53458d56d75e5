import {
  Button,
  Checkbox,
  Input,
  Label,
  Link,
  MessageBar,
  MessageBarBody,
  Portal,
  Radio,
  RadioGroup,
  Spinner,
  Tab,
  TabList,
} from '@fluentui/react-components'
import { ChevronDownRegular, ErrorCircleFilled } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
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

/** Controls in the manner of the portal's newer generation (portal-facts.md §5, §5.1). */
export const fluentKit: Kit = {
  Tabs,
  TextField,
  PickerField,
  RadioField,
  CheckField,
  LinkButton,
  Button: FluentButton,
  Callout,
  CalloutButtons,
  TagBox,
  Banner,
  Footer,
}

function Tabs({ tabs, selected, children, onSelect }: TabsProps) {
  const current = tabs.find(({ id }) => id === selected)
  return (
    <>
      <TabList selectedValue={selected} className="ext-tabs" onTabSelect={(_, { value }) => onSelect(String(value))}>
        {tabs.map(({ id, title, errors }) => (
          <Tab key={id} value={id} {...(errors > 0 ? { icon: errorIcon } : {})}>
            {errors > 0 ? `${title} (${errors})` : title}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-label={current?.title} className="ext-tabpanel">
        {children}
      </div>
    </>
  )
}

const errorIcon = <ErrorCircleFilled className="fxs-status-error" aria-hidden="true" />

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

function FieldFrame({ label, labelId, controlId, required, info, error, errorId, nested, children }: FieldFrameProps) {
  return (
    <div className={nested ? 'ext-field ext-field-nested' : 'ext-field'}>
      <div className="ext-field-label">
        <Label id={labelId} htmlFor={controlId} required={required ?? false}>
          {label}
        </Label>
        {info && <InfoBalloon label={label} text={info} className="ext-info" />}
      </div>
      <div className="ext-field-control">
        {children}
        {error && (
          <div id={errorId} role="alert" className="ext-field-error">
            {error}
          </div>
        )}
      </div>
    </div>
  )
}

function TextField(props: TextFieldProps) {
  const { label, required, info, error, value, secret, placeholder, autoFocus, onChange, onBlur, onEnter } = props
  const id = useVolatileId('TextField')
  const labelId = useVolatileId('form-label-id')
  const errorId = useVolatileId('TextFieldDescription')
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
      <Input
        id={id}
        type={secret ? 'password' : 'text'}
        input={{ ref: input }}
        className="ext-input"
        autoComplete="off"
        spellCheck={false}
        aria-required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        {...(placeholder ? { placeholder } : {})}
        value={value}
        onChange={(_, change) => onChange(change.value)}
        {...(onBlur ? { onBlur } : {})}
        onKeyDown={event => acceptOnEnter(event, onEnter)}
      />
    </FieldFrame>
  )
}

function PickerField(props: PickerFieldProps) {
  const { label, name, required, info, error, options, selected, placeholder, loading, nested, children, onPick } =
    props
  const labelId = useVolatileId('form-label-id')
  const errorId = useVolatileId('Dropdown')
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
      <div className={loading ? 'ext-dropdown ext-dropdown-disabled' : 'ext-dropdown'}>
        <div
          ref={box}
          role="combobox"
          tabIndex={loading ? -1 : 0}
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-label={name}
          aria-labelledby={name ? undefined : labelId}
          aria-required={required}
          aria-disabled={loading ? true : undefined}
          className={text ? 'ext-dropdown-text' : 'ext-dropdown-text ext-dropdown-placeholder'}
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
          {loading ? 'Loading...' : (text ?? placeholder)}
        </div>
        <button
          type="button"
          aria-label="Toggle"
          tabIndex={-1}
          disabled={loading}
          onMouseDown={event => {
            event.preventDefault()
            event.stopPropagation()
          }}
          onClick={() => setOpen(!open)}
        >
          <ChevronDownRegular aria-hidden="true" />
        </button>
      </div>
      {children}
      {open && box.current && (
        <Portal>
          <PickerPopup
            anchor={box.current}
            options={options}
            selected={selected}
            filterName="Filter items..."
            label={label}
            roles={{ list: 'listbox', item: 'option' }}
            className="picker-popup ext-dropdown-popup"
            onPick={onPick}
            onClose={close}
          />
        </Portal>
      )}
    </FieldFrame>
  )
}

function RadioField({ label, info, options, selected, onPick }: RadioFieldProps) {
  const labelId = useVolatileId('form-label-id')
  const errorId = useVolatileId('Radio')
  return (
    <FieldFrame label={label} labelId={labelId} info={info} errorId={errorId}>
      <RadioGroup aria-labelledby={labelId} value={selected} onChange={(_, { value }) => onPick(value)}>
        {options.map(({ key, text }) => (
          <Radio key={key} value={key} label={text} />
        ))}
      </RadioGroup>
    </FieldFrame>
  )
}

function CheckField({ label, info, checked, onChange }: CheckFieldProps) {
  return (
    <div className="ext-checkfield">
      <Checkbox label={label} checked={checked} onChange={(_, change) => onChange(change.checked === true)} />
      {info && <InfoBalloon label={label} text={info} className="ext-info" />}
    </div>
  )
}

function LinkButton({ name, text, onPress }: { name?: string; text: string; onPress(anchor: HTMLElement): void }) {
  return (
    <Link as="button" type="button" aria-label={name} onClick={event => onPress(event.currentTarget as HTMLElement)}>
      {text}
    </Link>
  )
}

function FluentButton({ text, primary, disabled, onPress }: ButtonProps) {
  return (
    <Button appearance={primary ? 'primary' : 'secondary'} disabled={disabled ?? false} onClick={onPress}>
      {text}
    </Button>
  )
}

function Callout({ children, onCancel }: { children: ReactNode; onCancel(): void }) {
  return (
    <div
      className="ext-callout"
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
      <Button appearance="primary" className={valid ? '' : 'ext-button-dimmed'} onClick={() => valid && onOk()}>
        OK
      </Button>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  )
}

function TagBox({ name, value, onChange, onLeave }: TagBoxProps) {
  return (
    <Input
      aria-label={name}
      autoComplete="off"
      value={value}
      onChange={(_, change) => onChange(change.value)}
      onBlur={onLeave}
    />
  )
}

function Banner({ kind, text }: { kind: 'progress' | 'success' | 'error'; text: string }) {
  if (kind === 'progress') return <Spinner size="tiny" label={text} labelPosition="after" className="ext-validating" />
  return (
    <MessageBar intent={kind} className="ext-banner">
      <MessageBarBody>{text}</MessageBarBody>
    </MessageBar>
  )
}

/** Plain Previous and Next, as these buttons read today (portal-facts.md §5). */
function Footer({ tabs, manner, selected, canCreate, busy, onSelect, onCreate }: FooterProps) {
  const index = tabs.findIndex(({ id }) => id === selected)
  const previous = tabs[index - 1]
  const next = tabs[index + 1]
  const review = tabs.at(-1)
  const onReview = selected === review?.id
  const texts = footerTexts(manner, next)
  return (
    <div className="ext-footer">
      <Button disabled={!previous || busy} onClick={() => previous && onSelect(previous.id)}>
        {texts.previous}
      </Button>
      <Button disabled={!next} onClick={() => next && onSelect(next.id)}>
        {texts.next}
      </Button>
      {onReview ? (
        <Button appearance="primary" disabled={!canCreate || busy} onClick={onCreate}>
          Create
        </Button>
      ) : (
        <Button appearance="primary" onClick={() => review && onSelect(review.id)}>
          {review?.title}
        </Button>
      )}
      <span className="ext-footer-space" />
      <Link href="#" onClick={event => event.preventDefault()}>
        Give feedback
      </Link>
    </div>
  )
}
