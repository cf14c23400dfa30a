/** A text as it is compared: without accents and capitals. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}

/** How well a name fits what is looked for, smaller is better; nothing where it does not. Both are folded. */
export function fit(name: string, wanted: string): number | undefined {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const at = name.indexOf(wanted);
  if (at < 0) return undefined;
  return /[\p{L}\p{N}]/u.test(name[at - 1] ?? ' ') ? 3 : 2;
}
