/** Verbs with which the Microsoft Writing Style Guide begins an instruction in a user interface (portal-facts.md §15). */
const interfaceVerbs =
  'accept add activate allow assign attach authorize back browse change check choose clear click close collapse confirm ' +
  'continue copy delete deselect disable double-click download drag edit enable ensure enter examine exit expand explore export ' +
  'fill filter find finish follow go hover import keep launch leave load locate log make name navigate note notice observe open ' +
  'paste pick pin press provide publish record refresh register remove rename repeat replace reset restart return review ' +
  'right-click run save scroll search select set sign skip specify start stop submit switch tap test toggle turn type uncheck ' +
  'unselect update upload use validate verify view wait zoom'

/** Verbs of work that an article asks for without naming a control. */
const workVerbs =
  'access adjust analyze append apply arrange elevate ask associate await build bring call capture compare complete configure connect ' +
  'consider contact convert create customize decide define delegate deploy describe determine discard disconnect dismiss ' +
  'display duplicate emulate execute extract focus force generate get give grant identify include increase decrease input insert ' +
  'inspect install invite invoke issue join learn link list look map mark match merge modify monitor mount move obtain ' +
  'order pause perform plan point prepare preview proceed promote pull push put query read rearrange receive redeploy ' +
  're-enter reenter remember reconnect request require resize resolve restore resume retrieve revert revoke rotate scan schedule ' +
  'scope see send share show simulate split ssh store study sort subscribe substitute supply swap take tell track transfer ' +
  'discover treat tune onboard decode scale expose discuss assess recreate establish calculate clone forward commit approve detach operate tag limit reboot compile ' +
  'initialize migrate package reproduce untag reassign explain retrieve rotate redeploy reinstall enroll block isolate ' +
  'trigger troubleshoot try turn unblock undo uninstall unlock unpin unzip upgrade visit watch work write'

const uiVerbs = new Set(interfaceVerbs.split(' '))
const verbs = new Set([...uiVerbs, ...workVerbs.split(' ')])

/** Whether a word, in lower case, may begin an instruction. */
export function isImperative(word: string): boolean {
  return verbs.has(word)
}

/** Whether one of a text's clauses begins as an instruction does: *In the menu, select ...*, *Then enter ...* */
export function looksLikeInstruction(text: string): boolean {
  return someClauseBegins(text, word => verbs.has(word))
}

/** The same for the verbs that name what one does to a user interface. */
export function looksLikeInterfaceInstruction(text: string): boolean {
  return someClauseBegins(text, word => uiVerbs.has(word))
}

function someClauseBegins(text: string, matches: (word: string) => boolean): boolean {
  for (const segment of text.slice(0, 2000).split(/[.,:;()>\n–—]\s*|\s(?:and|then|or|to|-)\s/)) {
    const words = segment.toLowerCase().match(/[a-z][a-z-]*/g)
    if (!words) continue
    const first = words.find(word => !fillers.has(word))
    if (first !== undefined && matches(first)) return true
  }
  return false
}

const fillers = new Set('please then next now finally first again optionally once and or optional also'.split(' '))
