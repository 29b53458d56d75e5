import type { Finding } from './finding.ts'

/** What a finding of each rule says about its article, in a sentence. `docs/findings.md` lists them for readers. */
export const findingRules: Readonly<Record<string, string>> = {
  'control-not-found': 'Nothing on screen has the name that the article gives a control.',
  'label-differs': 'A control is there under a name that differs from the article’s.',
  'place-not-found': 'The page, pane or section that the article names is not on screen.',
  'place-differs': 'The place that the article names is there under another name.',
  'search-without-results': 'The portal’s search doesn’t find what the article tells readers to search for.',
  'found-by-search': 'The article doesn’t say how to get to a page, and it was opened through the portal’s search.',
  'found-folded': 'A control is in a menu or section that the article doesn’t tell readers to open.',
  'row-brought-up': 'A row was not in sight, and its list was scrolled or filtered for it.',
  'tab-opened': 'A sentence is about a tab that the article doesn’t tell readers to select.',
  'tab-followed': 'A link opened another tab of the browser, and the steps went on there.',
  'tab-not-followed': 'A link opened a tab outside of the cloud, which was closed.',
  'no-other-tab': 'The article closes a tab of the browser that nothing has opened.',
  'no-effect': 'What the article tells readers to select changes nothing.',
  'value-not-offered': 'A field doesn’t offer the value that the article gives it.',
  'value-ambiguous': 'A field offers several values that the article’s could mean.',
  'value-differs': 'A field offers the article’s value in other words.',
  'value-refused': 'A field refuses the value that the article gives it.',
  'value-not-taken': 'A field shows another value than the one that was entered.',
  'validation-failed': 'The form refuses what the article tells readers to enter.',
  'setting-missing': 'The resource requires a setting that the article never gives.',
  'setting-unsaid': 'The form has a required setting that the article doesn’t speak of.',
  'setting-unmapped': 'A setting could not be read back: no file of Verbatim says what it becomes.',
  'option-unmapped': 'An option can’t be asked of Resource Manager: no file of Verbatim says what it becomes.',
  'file-generated': 'The article uploads a file that is not beside it, so a small one was made up.',
  'default-differs': 'A default is not the one that the article states.',
  'not-as-described': 'What the article says can be seen is not what is there.',
  'wait-failed': 'What the article tells readers to wait for doesn’t come.',
  'creation-failed': 'A resource that the article creates was not made.',
  'resource-missing': 'A resource that the article creates is not there afterwards.',
  'resource-differs': 'A resource that the article creates is not as the article describes it.',
  'resource-still-there': 'A resource that the article deletes is still there afterwards.',
  'deletion-not-done': 'What the article tells readers to delete is still there.',
  'deletion-failed': 'The cloud refuses to delete what the article tells readers to delete.',
  'question-unanswered': 'The portal asks before it deletes, and the article doesn’t say what to answer.',
  'needed-failed': 'Another article, which this one needs first, failed; this one was not tried.',
  'nothing-to-delete': 'The article deletes something that no step before made, or doesn’t say what it deletes.',
  'left-behind': 'A resource that the run made could not be removed.',
  'not-ours-to-delete': 'The article deletes something that the run didn’t make, so it wasn’t deleted.',
  'refused-by-cloud': 'The cloud refuses what the article tells readers to do.',
  'deployment-failed': 'A deployment that the article starts fails.',
  'shell-failed': 'A command of the article fails.',
  'shell-timed-out': 'A command of the article doesn’t end in time.',
  'shell-not-allowed': 'The article runs commands, and nobody allowed that.',
  'step-failed': 'A step of the article can’t be done.',
  'step-timed-out': 'A step of the article doesn’t end in time.',
  'set-up-failed': 'What the runbook sets up before the article could not be made, so the article was not tried.',
  'page-empty': 'A page stayed empty, so nothing could be said about the article.',
  'outside-the-cloud': 'The article leads to an address outside of the cloud that it is run in.',
  'unknown-step': 'A sentence looks like an instruction, and isn’t understood.',
  'ambiguous-step': 'A sentence can be understood in several ways.',
  'placeholder-without-answer': 'The article leaves something to its reader, and no runbook answers it.',
  'no-procedure': 'The article holds no steps.',
  'runbook-matches-nothing': 'An entry of the runbook fits no step of the article.',
  'image-missing': 'A picture of the article does not exist.',
  'image-stale': 'A picture of the article doesn’t show what was on screen.',
}

/** Where a rule is explained. */
export function findingAddress(rule: string): string {
  return `https://github.com/verbatim-docs/verbatim/blob/main/docs/findings.md#${rule}`
}

/** A sentence for any rule: one that isn't listed is spoken of by what it is the fault of. */
export function describeRule({ rule, verdict }: Pick<Finding, 'rule' | 'verdict'>): string {
  const faults = {
    doc: 'The article says something that isn’t true.',
    product: 'The cloud doesn’t do what the article tells readers to do.',
    cleanup: 'Something that the run made could not be removed.',
    environment: 'The surroundings of the run failed.',
    driver: 'Verbatim itself failed.',
  }
  return findingRules[rule] ?? faults[verdict]
}
