import { useHome } from '../context';

const NEAR = 0.9;

/** How many more characters fit, and whether that is worth a word. */
export interface Space {
  left: number;
  near: boolean;
}

/** How much more than this text a message takes. */
export function useSpace(text: string): Space {
  const limits = useHome().limits.value;
  const left = space(text, limits);
  return { left, near: left < limits.codePoints * (1 - NEAR) };
}

/** By whichever limit is nearer. */
function space(text: string, limits: { codePoints: number; bytes: number }): number {
  if (text.length * 3 < limits.codePoints) {
    return limits.codePoints - text.length;
  }
  const points = limits.codePoints - Array.from(text).length;
  const bytes = limits.bytes - new TextEncoder().encode(text).length;
  return Math.min(points, bytes < 0 ? Math.floor(bytes / 4) : points);
}
