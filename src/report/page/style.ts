/** The looks of all pages: light and dark, phone to wide, print. Text on its ground has a contrast of 4.5 or more. */
export const style = `
:root{
--ground:#f7f7f5;--sheet:#fff;--sunken:#f1f1ee;--ink:#1c2024;--muted:#565d66;--line:#dddfdc;--strong-line:#8a9098;--accent:#0b57a4;--focus:#0b57a4;
--passed:#17653a;--passed-soft:#e6f3ea;--passed-bar:#4a9d6b;
--drifted:#7d4c00;--drifted-soft:#fdf0d5;--drifted-bar:#e0a63a;
--failed:#a8201a;--failed-soft:#fde8e6;--failed-bar:#d4493f;
--product:#82316f;--product-soft:#f9e8f4;--product-bar:#b45b9f;
--environment:#26567d;--environment-soft:#e3eef7;--environment-bar:#6b9cc4;
--cleanup:#8a3c0c;--cleanup-soft:#fdebdd;--cleanup-bar:#d07f45;
--assumed:#54459a;--assumed-soft:#eeebf9;--assumed-bar:#a79bdb;
--skipped:#565d66;--skipped-soft:#ededeb;--skipped-bar:#b7bcc2;
--not-run:#5a616a;--not-run-soft:#ededeb;--not-run-bar:#d3d6d9;
--rehearsed:#0d5d68;--rehearsed-bar:#4c9ba5;
--sans:"Segoe UI Variable Text","Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif;
--mono:"Cascadia Mono",Consolas,ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",monospace;
color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{
--ground:#15181b;--sheet:#1c2024;--sunken:#24292e;--ink:#e5e7e9;--muted:#a5adb5;--line:#343a40;--strong-line:#79828b;--accent:#7ab8f5;--focus:#9accff;
--passed:#7fd3a0;--passed-soft:#1a3325;--passed-bar:#3f9163;
--drifted:#f0bd5e;--drifted-soft:#3a2d12;--drifted-bar:#c08a28;
--failed:#ff9a92;--failed-soft:#431f1d;--failed-bar:#cc4a41;
--product:#eba2d8;--product-soft:#3a2035;--product-bar:#a8539a;
--environment:#93c5ee;--environment-soft:#1b303f;--environment-bar:#4f83ab;
--cleanup:#f5a873;--cleanup-soft:#3d2716;--cleanup-bar:#b86b34;
--assumed:#bdb0f5;--assumed-soft:#2b2743;--assumed-bar:#7265b5;
--skipped:#a5adb5;--skipped-soft:#2a2f34;--skipped-bar:#666e76;
--not-run:#a5adb5;--not-run-soft:#2a2f34;--not-run-bar:#4b5259;
--rehearsed:#7fcfda;--rehearsed-bar:#35818c}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.6 var(--sans);overflow-wrap:break-word}
a{color:var(--accent);text-underline-offset:.15em}
a:not([href]){color:inherit;text-decoration:underline dotted}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
h1,h2,h3,h4,h5{line-height:1.25;text-wrap:balance;margin:0}
p{margin:0}
code,pre{font-family:var(--mono);font-size:.875em}
img{max-width:100%;height:auto}
button{font:inherit}
.vh{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;z-index:3;background:var(--sheet);padding:.5rem 1rem}
.muted{color:var(--muted)}
.icon,.badge{display:inline-flex;flex:none;vertical-align:-.16em}
.icon svg,.badge svg{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.i-passed{color:var(--passed)}.i-drifted{color:var(--drifted)}.i-failed,.i-refused{color:var(--failed)}.i-product{color:var(--product)}.i-environment{color:var(--environment)}.i-cleanup{color:var(--cleanup)}.i-assumed{color:var(--assumed)}.i-skipped{color:var(--skipped)}.i-not-run{color:var(--not-run)}.i-partly{color:var(--assumed)}.i-rehearsed{color:var(--rehearsed)}

.banner{border-bottom:1px solid var(--line);background:var(--sheet);font-size:.875rem;color:var(--muted)}
.banner p{max-width:86rem;margin:auto;padding:.45rem 1.25rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.banner strong{color:var(--ink);font-weight:600}
.banner-rehearsal{background:repeating-linear-gradient(135deg,var(--drifted-soft) 0 14px,color-mix(in srgb,var(--drifted-soft) 82%,var(--drifted-bar)) 14px 28px);border-bottom:2px solid var(--drifted-bar)}
.banner-rehearsal p>span{background:var(--drifted-soft);border-radius:4px;padding:.1rem .6rem}
.banner-rehearsal strong{color:var(--drifted);font-size:1rem}
.state{color:var(--failed)}
.page{max-width:86rem;margin:0 auto;padding:1.25rem 1.25rem 4rem}
.back{font-size:.9rem;margin-bottom:1rem}
.eyebrow{font-size:.85rem;color:var(--muted);margin-bottom:.15rem}
h1{font-size:clamp(1.45rem,1.1rem + 1.6vw,2.1rem);font-weight:650;letter-spacing:-.012em}
.section-title{font-size:1.15rem;font-weight:650;margin-bottom:.75rem}
main>section,.lower>section{margin-top:2.75rem}main>section:first-child{margin-top:1.6rem}

.answer{margin:1rem 0 0;padding:1.1rem 1.25rem 1.2rem;background:var(--sheet);border:1px solid var(--line);border-left:5px solid var(--look);border-radius:8px}
.answer .headline{display:flex;gap:.65rem;align-items:flex-start;font-size:clamp(1.15rem,1rem + .8vw,1.5rem);line-height:1.3;color:var(--look);text-wrap:balance}
.answer .headline strong{font-weight:650}
.answer .headline .icon{margin-top:.1em}.answer .headline svg{width:1.15em;height:1.15em}
.answer .lead{margin-top:.25rem;color:var(--ink)}
.a-passed{--look:var(--passed)}.a-drifted{--look:var(--drifted)}.a-failed,.a-refused{--look:var(--failed)}.a-product{--look:var(--product)}.a-environment{--look:var(--environment)}.a-cleanup{--look:var(--cleanup)}.a-skipped{--look:var(--skipped)}.a-not-run{--look:var(--not-run)}.a-partly{--look:var(--assumed)}.a-rehearsed{--look:var(--rehearsed)}
.tally{margin-top:.9rem}
.bar{display:flex;gap:2px;height:8px;border-radius:4px;overflow:hidden}
.bar span{min-width:4px}
.b-passed{background:var(--passed-bar)}.b-drifted{background:var(--drifted-bar)}.b-failed,.b-refused{background:var(--failed-bar)}.b-product{background:var(--product-bar)}.b-environment{background:var(--environment-bar)}.b-cleanup{background:var(--cleanup-bar)}.b-rehearsed{background:var(--rehearsed-bar)}.b-partly,.b-assumed{background:repeating-linear-gradient(90deg,var(--assumed-bar) 0 3px,var(--assumed-soft) 3px 6px)}.b-skipped{background:repeating-linear-gradient(90deg,var(--skipped-bar) 0 6px,var(--skipped-soft) 6px 9px)}.b-not-run{background:repeating-linear-gradient(135deg,var(--not-run-bar) 0 3px,transparent 3px 6px)}
.tally ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.25rem;margin:.6rem 0 0;padding:0;font-size:.9rem}
.tally li{display:flex;align-items:center;gap:.35rem}
.meta{display:flex;flex-wrap:wrap;gap:.15rem 1.5rem;margin:.9rem 0 0;font-size:.85rem}
.meta div{display:flex;gap:.45rem;min-width:0}.meta dt{color:var(--muted)}.meta dd{margin:0;min-width:0;overflow-wrap:anywhere}

.findings ol{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:minmax(0,1fr);gap:.9rem}
.finding{background:var(--sheet);border:1px solid var(--line);border-radius:8px;padding:1rem 1.25rem;max-width:62rem}
.finding .where{display:flex;gap:.45rem;align-items:center;font-size:.9rem;color:var(--muted)}
.sentence{margin:.45rem 0 .6rem;padding:0;font-size:1.1rem;line-height:1.5;text-wrap:pretty}
.problem .message{font-weight:600}
.problem .rule{font-weight:400;color:var(--muted);white-space:nowrap;font-size:.8rem;margin-left:.25rem}
.problem+.problem{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--line)}
.problem dl{margin:.5rem 0 0;display:grid;gap:.3rem}
.problem dl>div{display:grid;grid-template-columns:8.5rem 1fr;gap:.75rem}
.problem dt{color:var(--muted);font-size:.9rem}.problem dd{margin:0;min-width:0}
.quote{font-weight:600}.quote::before{content:"“"}.quote::after{content:"”"}
.chip{display:inline-block;background:var(--sunken);border:1px solid var(--line);border-radius:4px;padding:0 .45rem;margin:0 .15rem .2rem 0}
.diff{margin:.8rem 0 0;border:1px solid var(--line);border-radius:6px;overflow:hidden}
.diff figcaption{padding:.4rem .75rem;font-size:.875rem;font-weight:600;background:var(--sunken);border-bottom:1px solid var(--line)}
.diff figcaption .muted{font-weight:400;margin-left:.4rem}
.lines{font-family:var(--mono);font-size:.85rem;line-height:1.55}
.lines>div{display:flex;gap:.6rem;padding:.3rem .75rem;overflow-wrap:anywhere}
.lines .old{background:var(--failed-soft)}.lines .new{background:var(--passed-soft)}
.lines .sign{color:var(--muted);flex:none}
.lines del,.lines ins{text-decoration:none;font-weight:700;border-radius:2px;padding:0 .1em}
.lines del{color:var(--failed);text-decoration:line-through}.lines ins{color:var(--passed);text-decoration:underline}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 .75rem}
.diff .buttons{margin:0;padding:.5rem .75rem;border-top:1px solid var(--line)}
button.copy,.filters button{cursor:pointer;border:1px solid var(--strong-line);background:var(--sheet);color:var(--ink);border-radius:5px;padding:.25rem .75rem;font-size:.85rem;min-height:28px}
button.copy:hover,.filters button:hover{background:var(--sunken)}
.detail summary,.requests summary,.source summary,.legend summary{cursor:pointer;font-size:.875rem;color:var(--muted);padding:.2rem 0}
.detail{margin-top:.6rem}
.detail pre,.output{max-height:18rem;overflow:auto;background:var(--sunken);border-radius:6px;padding:.6rem .8rem;margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}

.legend{margin-bottom:1rem}
.legend ul{list-style:none;padding:0;margin:.4rem 0 0;display:grid;gap:.35rem;font-size:.9rem}
.article{background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:1.5rem 1.25rem 2rem;display:flow-root}
.article>*{max-width:46rem}
.article h1{font-size:1.75rem;margin:.2em 0 .6em}
.article h2{font-size:1.35rem;font-weight:650;margin:2em 0 .6em}
.article h3{font-size:1.12rem;font-weight:650;margin:1.6em 0 .5em}
.article h4,.article h5,.article h6{font-size:1rem;margin:1.4em 0 .4em}
.article p{margin:.7em 0}
.article .card p,.article .problem p,.article .alert-title,.article .part-title{margin:0}
.article ol,.article ul{padding-left:1.9rem;margin:.7em 0}
.article li{margin:.35em 0}
.article li.step{margin:.9em 0;position:relative;scroll-margin-top:1rem}
.article pre{background:var(--sunken);border-radius:6px;padding:.8rem 1rem;overflow-x:auto}
.article :not(pre)>code{background:var(--sunken);border-radius:3px;padding:.1em .3em}
.article table{border-collapse:collapse;width:100%;font-size:.95rem}
.scrolling{overflow-x:auto;margin:1em 0}
.article th,.article td{border-bottom:1px solid var(--line);padding:.45rem .7rem;text-align:left;vertical-align:top}
.article thead th{font-weight:600;border-bottom:2px solid var(--line)}
.article blockquote{margin:1em 0;padding-left:1rem;border-left:3px solid var(--line)}
.article hr{border:0;border-top:1px solid var(--line);margin:2em 0}
.steps{list-style:none;padding-left:1.9rem}
.badge{position:absolute;left:-3.35rem;top:.3em;width:16px}
ul.steps .badge{left:-1.6rem}
.step-block{position:relative;padding-left:1.75rem}.step-block>.badge{left:0}
.said{border-radius:3px;padding:.1em .18em;margin:0 -.18em;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.s-passed.said{background:var(--passed-soft)}
.s-drifted.said{background:var(--drifted-soft);box-shadow:inset 0 -2px var(--drifted-bar)}
.s-failed.said,.s-refused.said{background:var(--failed-soft);box-shadow:inset 0 -2px var(--failed-bar)}
.s-product.said{background:var(--product-soft);box-shadow:inset 0 -2px var(--product-bar)}
.s-environment.said{background:var(--environment-soft);box-shadow:inset 0 -2px var(--environment-bar)}
.s-cleanup.said{background:var(--cleanup-soft)}
.s-assumed.said{border-bottom:2px dashed var(--assumed-bar);border-radius:0}
.s-skipped.said{color:var(--skipped);border-bottom:1px solid var(--skipped-bar);border-radius:0}
.s-not-run.said{color:var(--not-run);border-bottom:2px dotted var(--not-run-bar);border-radius:0}
mark.spot{color:inherit;background:none;border:2px solid var(--failed-bar);border-radius:4px;padding:0 .2em;margin:0 -.05em;-webkit-box-decoration-break:clone;box-decoration-break:clone}
mark.s-drifted{border-color:var(--drifted-bar)}mark.s-product{border-color:var(--product-bar)}mark.s-environment{border-color:var(--environment-bar)}
tr.row>td:first-child{white-space:normal}
tr.row>td:first-child .icon{margin-right:.4rem}
tr.s-passed>td{background:var(--passed-soft)}tr.s-drifted>td{background:var(--drifted-soft)}tr.s-failed>td{background:var(--failed-soft)}tr.s-product>td{background:var(--product-soft)}tr.s-environment>td{background:var(--environment-soft)}
tr.s-assumed>td{border-bottom:2px dashed var(--assumed-bar)}tr.s-skipped>td,tr.s-not-run>td{color:var(--not-run);border-bottom:2px dotted var(--not-run-bar)}
.code{border-left:4px solid var(--not-run-bar);border-radius:4px;margin:.7em 0}.code pre{margin:0;border-radius:0 6px 6px 0}
.code.s-passed{border-color:var(--passed-bar)}.code.s-drifted{border-color:var(--drifted-bar)}.code.s-failed{border-color:var(--failed-bar)}.code.s-environment{border-color:var(--environment-bar)}.code.s-assumed{border-left-style:dashed;border-color:var(--assumed-bar)}.code.s-skipped,.code.s-not-run{border-left-style:dotted}
.figure{display:block;margin:.7em 0}
.figure img{display:block;border:1px solid var(--line);border-radius:6px;max-height:24rem;width:auto}
.no-picture{display:block;border:1px dashed var(--strong-line);border-radius:6px;padding:.6rem .8rem;color:var(--muted);font-size:.875rem;max-width:34rem}
.missing{color:var(--muted);font-style:italic}
.alert{border-left:4px solid var(--accent);background:var(--sunken);border-radius:0 6px 6px 0;padding:.7rem 1rem;margin:1em 0}
.alert-title{font-weight:650}.alert>p:last-child{margin-bottom:0}
.alert-tip{border-color:var(--passed-bar)}.alert-important{border-color:var(--assumed-bar)}.alert-warning,.alert-caution{border-color:var(--drifted-bar)}
.checklist ul{list-style:none;padding-left:0}.checklist li::before{content:"✓";margin-right:.6rem;color:var(--muted)}
.part{border-left:3px solid var(--line);padding-left:1rem;margin:1em 0}
.part-title{font-weight:650}.part-note{font-weight:400;font-size:.85rem;color:var(--muted);margin-left:.5rem}
.part-note::before{content:"· "}
[role=tablist]{display:flex;flex-wrap:wrap;gap:.25rem;border-bottom:1px solid var(--line)}
[role=tab]{background:none;border:0;border-bottom:3px solid transparent;color:var(--ink);padding:.45rem .9rem;cursor:pointer}
[role=tab][aria-selected=true]{border-color:var(--accent);font-weight:650}
[role=tab] small{display:block;color:var(--muted);font-weight:400}
.tabs.live .part{border:0;padding:0}.tabs.live .part-title{display:none}

.evidence{margin:.6rem 0 .8rem;border:1px solid var(--line);border-radius:8px;background:var(--ground);font-size:.875rem;line-height:1.5}
.evidence>summary{cursor:pointer;list-style:none;display:flex;gap:.5rem;align-items:center;padding:.4rem .75rem;color:var(--muted)}
.evidence>summary::-webkit-details-marker{display:none}
.evidence>summary::after{content:"";margin-left:auto;flex:none;width:.45rem;height:.45rem;border:solid currentColor;border-width:0 1.5px 1.5px 0;transform:rotate(45deg) translate(-2px,-2px)}
.evidence[open]>summary::after{transform:rotate(225deg) translate(-2px,-2px)}
.evidence[open]>summary{border-bottom:1px solid var(--line)}
.e-failed{border-color:var(--failed-bar)}.e-drifted{border-color:var(--drifted-bar)}.e-product{border-color:var(--product-bar)}.e-environment{border-color:var(--environment-bar)}
.e-failed>summary,.e-drifted>summary,.e-product>summary,.e-environment>summary{color:var(--ink);font-weight:600}
.e-assumed{border-style:dashed}
.article .evidence-none{padding:0 .75rem;margin:.3rem 0 .6rem;color:var(--muted);font-size:.85rem;border-left:3px dotted var(--not-run-bar)}
.card{padding:.75rem;display:grid;gap:.75rem}.card>*{min-width:0}
.card .label{font-size:.8rem;font-weight:600;color:var(--muted);margin:0 0 -.5rem}
.article .card ol,.article .card ul{padding:0;margin:0;list-style:none}
.card .problem dl>div{grid-template-columns:1fr;gap:0}
.card .lines{font-size:.8rem}
.pictures{display:grid;gap:.75rem}
.pictures figure{margin:0}.pictures figcaption{font-size:.8rem;color:var(--muted);margin-bottom:.2rem}
.shot{display:block;position:relative;border:1px solid var(--line);border-radius:5px;overflow:hidden;line-height:0;background:var(--sunken)}
.shot img{width:100%;display:block}
.outline{position:absolute;border:3px solid #d4237a;border-radius:4px;box-shadow:0 0 0 2px #fff}
.article .actions li{display:flex;gap:.5rem;align-items:baseline;margin:.2rem 0}
.actions .icon{align-self:flex-start;margin-top:.2em}.actions div{min-width:0;flex:1;overflow-wrap:anywhere}
.actions .note{display:block;color:var(--muted)}
.time{color:var(--muted);white-space:nowrap;font-variant-numeric:tabular-nums}
.requests ul{list-style:none;padding:0;margin:.3rem 0 0}
.requests li{margin:.4rem 0}.requests code{overflow-wrap:anywhere}.requests .muted{display:block;font-size:.8rem}
.links a{margin-right:1rem;display:inline-block;padding:.2rem 0}

.cards{list-style:none;margin:.75rem 0 0;padding:0;display:grid;grid-template-columns:minmax(0,1fr);gap:.6rem;max-width:62rem}
.cards li{display:flex;gap:.65rem;background:var(--sheet);border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem}
.cards .icon{margin-top:.25em}.cards li>div{min-width:0;flex:1;overflow-wrap:anywhere}
.long{overflow-wrap:anywhere;color:var(--muted)}
.scroll{overflow-x:auto;margin-top:.5rem}
.scroll table{border-collapse:collapse;font-size:.9rem}.scroll th,.scroll td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);font-weight:400}.scroll thead th{color:var(--muted)}
.names{display:grid;gap:.25rem;margin:.5rem 0 0}.names div{display:flex;gap:1rem;flex-wrap:wrap}.names dt{min-width:12rem}.names dd{margin:0}
.source pre{background:var(--sheet);border:1px solid var(--line);border-radius:8px;padding:1rem 0;overflow-x:auto;counter-reset:line;line-height:1.5}
.source pre span{display:block;padding-right:1rem;counter-increment:line;min-height:1.5em}
.source pre span::before{content:counter(line);display:inline-block;width:3.2rem;margin-right:1rem;text-align:right;color:var(--muted);user-select:none}
.source pre span:target{background:var(--drifted-soft)}
.foot{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--muted)}

.changes{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
.changes>div{background:var(--sheet);border:1px solid var(--line);border-radius:8px;padding:.9rem 1.1rem}
.changes h3{font-size:1rem;margin-bottom:.4rem}.changes ul{list-style:none;margin:0;padding:0}.changes li{margin:.3rem 0;display:flex;gap:.5rem;align-items:baseline}
.filters{display:flex;flex-wrap:wrap;gap:.6rem .9rem;align-items:end;margin:0 0 1rem}
.filters label{display:grid;gap:.15rem;font-size:.8rem;color:var(--muted)}
.filters input[type=search],.filters select{font:inherit;font-size:.95rem;color:var(--ink);background:var(--sheet);border:1px solid var(--strong-line);border-radius:5px;padding:.3rem .55rem;min-height:36px;max-width:100%}
.filters input[type=search]{width:17rem}
.filters .box{display:flex;align-items:center;gap:.4rem;min-height:36px;font-size:.9rem;color:var(--ink)}
.filters .box input{width:18px;height:18px;margin:0;accent-color:var(--accent)}
.shown{font-size:.9rem;color:var(--muted);margin-bottom:.75rem}
.group{background:var(--sheet);border:1px solid var(--line);border-radius:8px;margin-bottom:1rem;content-visibility:auto;contain-intrinsic-size:auto 22rem;overflow-x:auto}
.group>h3{font-size:1rem;padding:.7rem 1rem;display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline}
.group>h3 span{font-weight:400;color:var(--muted);font-size:.875rem}
.group table{border-collapse:collapse;width:100%;table-layout:fixed}
.group th,.group td{text-align:left;vertical-align:top;padding:.55rem .75rem;border-top:1px solid var(--line);font-size:.9rem;font-weight:400}
.group thead th{color:var(--muted);font-size:.8rem;padding-block:.3rem}
.group tbody th a{font-weight:600;font-size:.95rem}
.group tbody th small,.group td small{display:block;color:var(--muted);font-size:.8rem;overflow-wrap:anywhere}
.group .words{display:block;margin-top:.15rem}
.result{display:flex;gap:.45rem;align-items:flex-start}.result .icon{margin-top:.15em}.result small{display:block}
.c-article{width:38%}.c-result{width:19%}.c-strip{width:19%}.c-verified{width:13%}.c-time{width:11%}
td.t{font-variant-numeric:tabular-nums}
.tag{display:inline-block;border:1px solid var(--strong-line);border-radius:4px;padding:0 .35rem;font-size:.75rem;margin-left:.3rem}
.strip{display:block;width:100%;max-width:11rem;height:18px}
.charts{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}
.charts figure,.panel{margin:0;background:var(--sheet);border:1px solid var(--line);border-radius:8px;padding:.9rem 1.1rem}
.charts figcaption,.panel h3{font-weight:650;font-size:1rem;margin-bottom:.5rem}
.charts svg{width:100%;height:auto;display:block}
.charts svg text{fill:var(--muted);font:11px var(--sans)}
.slow{list-style:none;margin:0;padding:0}.slow li{display:grid;grid-template-columns:1fr auto;gap:0 .75rem;margin:.45rem 0;font-size:.9rem}
.slow .meter{grid-column:1/-1;height:4px;background:var(--sunken);border-radius:2px;overflow:hidden}.slow .meter span{display:block;height:100%;background:var(--environment-bar)}
.v-passed{fill:var(--passed-bar)}.v-drifted{fill:var(--drifted-bar)}.v-failed,.v-refused{fill:var(--failed-bar)}.v-product{fill:var(--product-bar)}.v-environment{fill:var(--environment-bar)}.v-cleanup{fill:var(--cleanup-bar)}.v-partly,.v-assumed{fill:var(--assumed-bar)}.v-skipped{fill:var(--skipped-bar)}.v-not-run{fill:var(--not-run-bar)}
[hidden]{display:none!important}

@media screen and (min-width:1180px){
.page-article .article{padding:2rem 3.75rem 3rem}
.page-article .article .evidence{float:right;clear:right;width:25rem;margin:.1rem -28.5rem 1rem 1rem}
.article>*{max-width:min(46rem,calc(100% - 28.5rem))}
.page-article .article.noted .evidence{float:none;position:absolute;left:calc(100% + 3.5rem);margin:0}
}
@media (max-width:1179px){.article{padding-left:2.4rem}.badge{left:-3.1rem}.article ol{padding-left:1.5rem}.article .card ol{padding-left:0}}
@media (max-width:700px){
.page{padding:1rem .9rem 3rem}
.article{padding:1rem .9rem 1.5rem 2.1rem;margin-inline:-.9rem;border-inline:0;border-radius:0}
.badge{left:-2.95rem}
.finding{padding:.9rem 1rem}
.problem dl>div{grid-template-columns:1fr;gap:0}
.problem .rule{white-space:normal;overflow-wrap:anywhere}
.article th,.article td{padding:.4rem .45rem}
.filters{display:grid;grid-template-columns:1fr 1fr}.filters label:first-child{grid-column:1/-1}.filters label{min-width:0}.filters input[type=search],.filters select{width:100%}.filters button{justify-self:start}
.group td{width:auto;min-width:0}
.group thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.group table,.group tbody{display:block}
.group tr{display:grid;grid-template-columns:1fr 1fr;border-top:1px solid var(--line);padding:.6rem .25rem}
.group tbody th{grid-column:1/-1}
.group th,.group td{border:0;padding:.2rem .75rem}
.group td[data-name]:not(.c-result)::before{content:attr(data-name);display:block;color:var(--muted);font-size:.75rem}
}
@media (forced-colors:active){.said,mark.spot{forced-color-adjust:none}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{
:root{--ground:#fff}
body{font-size:10pt}.page{max-width:none;padding:0}.back,.buttons,.filters,.skip,.source{display:none}
.article{border:0;padding:0 0 0 2.4rem}.article>*{max-width:none}
.said,tr.row>td,.lines>div,.bar span,.banner-rehearsal,.code{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.evidence{break-inside:avoid}.evidence:not([open])>summary::after{display:none}.finding,.cards li,.group tr{break-inside:avoid}
.group{content-visibility:visible}
}
`.trim()
