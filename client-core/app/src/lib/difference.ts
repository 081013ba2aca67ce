// Which words of a text another one has not, for marking them.

export interface Part {
  text: string;
  differs: boolean;
}

/** Texts longer than that are shown unmarked: the table of comparisons grows with the square. */
const mostWords = 600;

const wordsOf = (text: string): string[] => text.split(/(\s+)/).filter(Boolean);

/** The text in parts; those that differ are not in the longest common sequence of words. */
export function difference(text: string, other: string): Part[] {
  const own = wordsOf(text), theirs = wordsOf(other);
  if (own.length > mostWords || theirs.length > mostWords) return [{ text, differs: false }];
  // length[i][j]: of the longest common sequence of own[i..] and theirs[j..].
  const length = Array.from({ length: own.length + 1 }, () => new Uint16Array(theirs.length + 1));
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  for (let i = own.length - 1; i >= 0; --i)
    for (let j = theirs.length - 1; j >= 0; --j) {
      const row = length[i];
      if (row) row[j] = own[i] === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const parts: Part[] = [];
  const add = (word: string, differs: boolean) => {
    const last = parts[parts.length - 1];
    if (last?.differs === differs) last.text += word;
    else parts.push({ text: word, differs });
  };
  for (let i = 0, j = 0; i < own.length; ) {
    const word = own[i] ?? '';
    if (word === theirs[j]) {
      add(word, false);
      ++i;
      ++j;
    } else if (j < theirs.length && at(i, j + 1) >= at(i + 1, j)) ++j;
    else {
      add(word, true);
      ++i;
    }
  }
  return parts;
}
