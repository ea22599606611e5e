/**
 * A file name for any text, as the name of a database: letters, digits and `_.-` stay, everything else is percent-encoded (UTF-8), and so is a
 * dot in front, which hides files or leaves the folder.
 */
export function safeFileName(text: string): string {
  return encodeURIComponent(text)
    .replace(
      /[!'()*~]/g,
      character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    .replace(/^\./, '%2E');
}
