const schemes: readonly string[] = ["https:", "mailto:", "tel:"];

/**
 * The address as a client may open it, in its normal form; null for none, and for one that is not a web,
 * mail or telephone address: a button of ours never starts anything else.
 */
export function safeLink(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return schemes.includes(protocol) ? href : null;
}
