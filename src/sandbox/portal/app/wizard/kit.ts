import type { ComponentType, ReactNode } from 'react'

/** What a form is made of. There are two sets: the old portal's own controls, and Fluent's (portal-facts.md §5.1). */
export interface Kit {
  Tabs: ComponentType<TabsProps>
  TextField: ComponentType<TextFieldProps>
  PickerField: ComponentType<PickerFieldProps>
  RadioField: ComponentType<RadioFieldProps>
  CheckField: ComponentType<CheckFieldProps>
  /** A link-like button that opens something. */
  LinkButton: ComponentType<{ name?: string; text: string; onPress(anchor: HTMLElement): void }>
  Button: ComponentType<ButtonProps>
  /** A surface beside a control; it is no dialog. */
  Callout: ComponentType<{ children: ReactNode; onCancel(): void }>
  CalloutButtons: ComponentType<CalloutButtonsProps>
  TagBox: ComponentType<TagBoxProps>
  Banner: ComponentType<{ kind: 'progress' | 'success' | 'error'; text: string }>
  Footer: ComponentType<FooterProps>
}

interface FieldProps {
  label: string
  required?: boolean
  /** What the info button tells. */
  info?: string
  error?: string | undefined
}

export interface TextFieldProps extends FieldProps {
  value: string
  /** Dots instead of letters. */
  secret?: boolean
  placeholder?: string
  autoFocus?: boolean
  onChange(value: string): void
  onBlur?(): void
  onEnter?(): void
}

export interface PickerOption {
  key: string
  text: string
}

export interface PickerFieldProps extends FieldProps {
  /** The accessible name where it isn't the label. */
  name?: string
  options: PickerOption[]
  selected: string | undefined
  placeholder: string
  loading: boolean
  /** Stands below the control, indented, as part of the field before it. */
  nested?: boolean
  children?: ReactNode
  onPick(key: string): void
}

export interface RadioFieldProps extends FieldProps {
  options: PickerOption[]
  selected: string
  onPick(key: string): void
}

export interface CheckFieldProps extends FieldProps {
  checked: boolean
  onChange(checked: boolean): void
}

export interface ButtonProps {
  text: string
  primary?: boolean
  disabled?: boolean
  onPress(): void
}

export interface CalloutButtonsProps {
  /** OK only looks disabled without it: it is no attribute. */
  valid: boolean
  onOk(): void
  onCancel(): void
}

export interface TagBoxProps {
  name: string
  value: string
  onChange(value: string): void
  onLeave(): void
}

export interface WizardTab {
  id: string
  title: string
  errors: number
}

export interface TabsProps {
  tabs: WizardTab[]
  selected: string
  children: ReactNode
  onSelect(id: string): void
}

export interface FooterProps {
  tabs: WizardTab[]
  /** How the button that goes on reads: `Next : Disks >`, `Next: Disks`, `Next` (portal-facts.md §5). */
  manner: 'spaced' | 'colon' | 'plain'
  selected: string
  canCreate: boolean
  busy: boolean
  onSelect(id: string): void
  onCreate(): void
}

/** What the buttons that go back and on say. */
export function footerTexts(
  manner: FooterProps['manner'],
  next: WizardTab | undefined,
): { previous: string; next: string } {
  if (manner === 'plain') return { previous: 'Previous', next: 'Next' }
  if (manner === 'colon') return { previous: 'Previous', next: next ? `Next: ${next.title}` : 'Next' }
  return { previous: '< Previous', next: next ? `Next : ${next.title} >` : 'Next >' }
}
