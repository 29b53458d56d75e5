import type { Rule } from '../rule.ts'
import { ambiguousStep } from './ambiguous-step.ts'
import { checkFailed } from './check-failed.ts'
import { followStep } from './follow-step.ts'
import { frontMatter } from './front-matter.ts'
import { imageMissing } from './image-missing.ts'
import { imageSyntax } from './image-syntax.ts'
import { imageWithoutAlt } from './image-without-alt.ts'
import { includeCycle } from './include-cycle.ts'
import { includeMissing } from './include-missing.ts'
import { includeOutside } from './include-outside.ts'
import { linkToMissingSection } from './link-to-missing-section.ts'
import { manualStep } from './manual-step.ts'
import { noCleanUp } from './no-clean-up.ts'
import { noProcedure } from './no-procedure.ts'
import { placeholderWithoutAnswer } from './placeholder-without-answer.ts'
import { repeatStep } from './repeat-step.ts'
import { runbookInvalid } from './runbook-invalid.ts'
import { runbookMatchesNothing } from './runbook-matches-nothing.ts'
import { settingWithoutValue } from './setting-without-value.ts'
import { shellCode } from './shell-code.ts'
import { tableNotATable } from './table-not-a-table.ts'
import { unclosedDirective } from './unclosed-directive.ts'
import { unknownStep } from './unknown-step.ts'
import { unreadableFile } from './unreadable-file.ts'
import { uploadStep } from './upload-step.ts'
import { zoneEnd } from './zone-end.ts'

const table = {
  'ambiguous-step': ambiguousStep,
  'check-failed': checkFailed,
  'follow-step': followStep,
  'front-matter': frontMatter,
  'image-missing': imageMissing,
  'image-syntax': imageSyntax,
  'image-without-alt': imageWithoutAlt,
  'include-cycle': includeCycle,
  'include-missing': includeMissing,
  'include-outside': includeOutside,
  'link-to-missing-section': linkToMissingSection,
  'manual-step': manualStep,
  'no-clean-up': noCleanUp,
  'no-procedure': noProcedure,
  'placeholder-without-answer': placeholderWithoutAnswer,
  'repeat-step': repeatStep,
  'runbook-invalid': runbookInvalid,
  'runbook-matches-nothing': runbookMatchesNothing,
  'setting-without-value': settingWithoutValue,
  'shell-code': shellCode,
  'table-not-a-table': tableNotATable,
  'unclosed-directive': unclosedDirective,
  'unknown-step': unknownStep,
  'unreadable-file': unreadableFile,
  'upload-step': uploadStep,
  'zone-end': zoneEnd,
} satisfies Record<string, Rule>

/** Every rule of `verbatim check`, by its name. `docs/rules/` has a page for each. */
export const rules: Readonly<Record<RuleName, Rule>> = table

export type RuleName = keyof typeof table
