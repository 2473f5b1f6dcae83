/**
 * A hundred texts that a hostile or odd target could send, for our tests.
 *
 * Each must leave the program as text that can be read: nothing hidden, nothing executed.
 */

const escape = '\u001b'

/** Escape sequences and other control characters. */
const forTerminals: readonly string[] = [
  `${escape}[31mred${escape}[0m`,
  `${escape}[2J${escape}[H cleared`,
  `${escape}[1A${escape}[2K all requirements are kept`,
  `${escape}[8mhidden${escape}[28m`,
  `${escape}[?1049h other screen`,
  `${escape}[6n position`,
  `${escape}]0;title\u0007`,
  `${escape}]8;;http://evil.example${escape}\\link${escape}]8;;${escape}\\`,
  `${escape}]52;c;cm0gLXJmIH4=\u0007`,
  `${escape}]1337;File=inline=1:AAAA\u0007`,
  `${escape}]9;notification${escape}\\`,
  `${escape}Pq#0;2;0;0;0${escape}\\`,
  `${escape}_Gf=24;AAAA${escape}\\`,
  `${escape}^private${escape}\\`,
  `${escape}c reset`,
  '\u009b31m one-byte CSI',
  '\u009d0;one-byte OSC\u009c',
  '\u0090one-byte DCS\u009c',
  'FAIL\rpass',
  'FAIL\b\b\b\bpass',
  'a\u000bb\u000cc',
  'bell\u0007',
  'nul\u0000byte',
  'delete\u007f',
  'next\u0085line',
  'shift\u000eout\u000f',
]

/** What some program shows as nothing, in another order, or as another letter. */
const unseen: readonly string[] = [
  'a\u202egnp.exe',
  '\u202atext\u202c',
  '\u202btext\u202c',
  '\u202dtext\u202c',
  '\u2066text\u2069',
  '\u2067text\u2069',
  '\u2068text\u2069',
  'left\u200emark',
  'right\u200fmark',
  'letter\u061cmark',
  'zero\u200bwidth',
  'non\u200cjoiner',
  'join\u200der',
  'word\u2060joiner',
  'soft\u00adhyphen',
  '\ufeffbyte order mark',
  'grapheme\u034fjoiner',
  'hangul\u3164filler',
  'half\uffa0filler',
  'mongolian\u180eseparator',
  'variation\ufe00selector',
  'invisible\u2062times',
  'annotation\ufff9anchor\ufffb',
  'tags \u{e0001}\u{e0066}\u{e007f}',
  'line\u2028separator',
  'paragraph\u2029separator',
  'lone high \ud83d',
  'lone low \ude00',
  '\udc00\ud800 reversed',
  'not characters \ufffe \uffff \ufdd0 \u{1fffe}',
]

/** Commands of CI runners. */
const forRunners: readonly string[] = [
  '::error::forged',
  '  ::warning file=a.js,line=1::forged',
  'text\n::set-output name=x::1',
  'text\r\n::add-mask::secret',
  'text\n\t::stop-commands::token',
  'text\n\u00a0::notice::forged',
  'text\r::debug::forged',
  '::group::a\n::endgroup::',
  '##[error]forged',
  'text ##[section]forged',
  '###[group]forged',
  '##vso[task.setvariable variable=x]1',
  'text ##vso[task.complete result=Succeeded;]',
  'text\n##[command]rm',
  "##teamcity[testFailed name='x']",
  `section_start:1:x\r${escape}[0Kforged`,
  'travis_fold:start:x\r',
]

/** Markup of documents. */
const forViewers: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</pre></code></details><img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<!-- comment -->',
  '<![CDATA[ x ]]>',
  ']]><failure/>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  '&lt;b&gt; &#60;i&#62; &amp;amp;',
  '[text](javascript:alert(1))',
  '![image](http://evil.example/x.png)',
  '<http://evil.example>',
  'http://evil.example https://evil.example/a?b#c www.evil.example evil.example',
  'mailto:a@evil.example a@evil.example @everyone #1 GH-1 owner/repo#1',
  '[ref]: http://evil.example "title"',
  '# heading\n\n- item\n\n> quote\n\n```\nfence\n```',
  '1. item\n\n    code\n\n---\n\n***',
  'title\n=====',
  '| a | b |\n|---|---|\n| c | d |',
  '**bold** __bold__ ~~gone~~ `code` ``` `` `',
  'a\\ \\[b\\](c) trailing\\',
  '$$x$$ :tada: <!--> \\* [x] [^1]',
  '{{constructor.constructor("alert(1)")()}} ${7*7} %s %n',
  '__proto__',
  '+ plus\n* star\n2) two',
]

/** All of them. */
export const hostileTexts: readonly string[] = [
  ...forTerminals,
  ...unseen,
  ...forRunners,
  ...forViewers,
]
