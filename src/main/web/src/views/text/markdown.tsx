import MarkdownIt, { type Token } from 'markdown-it';
import type { Mentioned } from '../room/useMentioned';
import { withMentions } from './mentions';
import { Fragment, h, type ComponentChildren, type VNode } from 'preact';

const parser = new MarkdownIt('zero', {
  html: false,
  linkify: true,
  breaks: true,
  typographer: false,
}).enable([
  'emphasis',
  'strikethrough',
  'backticks',
  'link',
  'autolink',
  'linkify',
  'escape',
  'entity',
  'newline',
  'fence',
  'blockquote',
  'list',
]);

/** The elements that a message can have; there is nothing beside them. */
const ELEMENTS: Record<string, string> = {
  paragraph: 'p',
  strong: 'strong',
  em: 'em',
  s: 's',
  blockquote: 'blockquote',
  bullet_list: 'ul',
  ordered_list: 'ol',
  list_item: 'li',
};
const LINKS = /^(https?|mailto):/i;
const DEEPEST = 20;

/**
 * Draws the Markdown of a message. The parser's tokens become elements one by one, so that no text is ever read as
 * markup by the browser.
 */
export function markdown(text: string, mentioned: readonly Mentioned[]): VNode {
  const tokens = parser.parse(text, {});
  return (
    <div dir="auto" class="prose-chat isolate [unicode-bidi:isolate]">
      {new Drawing(tokens, mentioned).children(0)}
    </div>
  );
}

class Drawing {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly mentioned: readonly Mentioned[],
  ) {}

  /** Everything up to the end of the element that is open. */
  children(depth: number): ComponentChildren[] {
    const drawn: ComponentChildren[] = [];
    for (let token = this.tokens[this.at++]; token; token = this.tokens[this.at++]) {
      if (token.nesting < 0) return drawn;
      drawn.push(
        token.nesting > 0 ? this.element(token, depth + 1) : leaf(token, depth, this.mentioned),
      );
    }
    return drawn;
  }

  private element(token: Token, depth: number): ComponentChildren {
    const children = this.children(depth);
    const name = token.type.replace(/_open$/, '');
    if (depth > DEEPEST || token.hidden) return h(Fragment, null, children);
    if (name === 'link') return link(String(token.attrGet('href') ?? ''), children);
    const element = ELEMENTS[name];
    if (element === undefined) return h(Fragment, null, children);
    const start = name === 'ordered_list' ? token.attrGet('start') : null;
    return h(element, start === null ? null : { start: Number(start) }, children);
  }
}

function leaf(token: Token, depth: number, mentioned: readonly Mentioned[]): ComponentChildren {
  switch (token.type) {
    case 'inline':
      return h(Fragment, null, new Drawing(token.children ?? [], mentioned).children(depth));
    case 'code_inline':
      return <code>{token.content}</code>;
    case 'fence':
    case 'code_block':
      return (
        <pre dir="ltr" tabIndex={0}>
          <code>{token.content.replace(/\n$/, '')}</code>
        </pre>
      );
    case 'hardbreak':
    case 'softbreak':
      return <br />;
    case 'text':
      return withMentions(token.content, mentioned);
    default:
      return token.content;
  }
}

function link(address: string, children: ComponentChildren): ComponentChildren {
  return LINKS.test(address) ? (
    <a class="link" href={address} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ) : (
    children
  );
}
