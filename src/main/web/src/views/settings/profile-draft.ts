import type { Home } from '../../state/home';
import { memory } from '../../state/browser';

/** What somebody has changed about themselves and not saved. */
export interface Draft {
  name?: string;
  about?: string;
}

/** Below the name under which drafts of messages are, so that it goes when those go. */
function key(user: string): string {
  return `parley.draft.${user}.profile`;
}

export function profileDraft(user: string): Draft {
  try {
    const draft = JSON.parse(memory.get(key(user)) ?? '{}') as Record<string, unknown>;
    return {
      ...(typeof draft.name === 'string' ? { name: draft.name } : {}),
      ...(typeof draft.about === 'string' ? { about: draft.about } : {}),
    };
  } catch {
    return {};
  }
}

export function keepProfileDraft(user: string, draft: Draft): void {
  memory.set(key(user), Object.keys(draft).length === 0 ? undefined : JSON.stringify(draft));
}

/** Saves what was written. Until it is saved it stays a draft, and so does what is written meanwhile. */
export async function saveProfile(
  { me, profile }: Pick<Home, 'me' | 'profile'>,
  written: Required<Draft>,
): Promise<void> {
  await profile.change(written);
  if (isOf(written)(profileDraft(me.id))) keepProfileDraft(me.id, {});
}

/** Whether a draft has nothing but what was written. */
export function isOf(written: Required<Draft>): (draft: Draft) => boolean {
  return ({ name = written.name, about = written.about }) =>
    name === written.name && about === written.about;
}
