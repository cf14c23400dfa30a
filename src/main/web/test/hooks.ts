import { h, render, type VNode } from 'preact';

/** Runs a hook in a component that draws nothing, since there is no page. */
export function using<T>(hook: () => T) {
  const page = { nodeType: 1, childNodes: [], ownerDocument: {} } as unknown as Element;
  const seen = {
    said: undefined as T,
    drawn: 0,
    draw: () => render(h(Probe, {}), page),
    end: () => render(null, page),
  };
  const Probe = (): VNode | null => {
    seen.said = hook();
    seen.drawn++;
    return null;
  };
  seen.draw();
  return seen;
}
