import type { ComponentChildren } from 'preact';
import type { Mentioned } from '../room/useMentioned';

/** A text with the words that mention somebody set apart, those that mean the reader more than others. */
export function withMentions(text: string, mentioned: readonly Mentioned[]): ComponentChildren {
  if (mentioned.length === 0) return text;
  const drawn: ComponentChildren[] = [];
  let rest = text;
  while (rest !== '') {
    const next = first(rest, mentioned);
    if (!next) break;
    const { at, mention } = next;
    if (at > 0) drawn.push(rest.slice(0, at));
    drawn.push(
      <bdi key={drawn.length} class={`mention ${mention.own ? 'mention-own' : ''}`}>
        {mention.word}
      </bdi>,
    );
    rest = rest.slice(at + mention.word.length);
  }
  drawn.push(rest);
  return drawn;
}

function first(
  text: string,
  mentioned: readonly Mentioned[],
): { at: number; mention: Mentioned } | undefined {
  let best: { at: number; mention: Mentioned } | undefined;
  for (const mention of mentioned) {
    const at = text.indexOf(mention.word);
    if (at >= 0 && (!best || at < best.at)) best = { at, mention };
  }
  return best;
}
