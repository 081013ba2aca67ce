// Light, dark, or as the system says. What is in force stands in data-theme of the root element; styles do the rest.
export type Theme = 'auto' | 'light' | 'dark';

const storage = 'anketa.theme';
export const themes: readonly Theme[] = ['auto', 'light', 'dark'];

class Appearance {
  /** What is in force. */
  dark = $state(false);
  theme = $state<Theme>(themes.find((theme) => theme === localStorage.getItem(storage)) ?? 'auto');
  private system = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    this.system.addEventListener('change', () => this.apply());
  }

  choose(theme: Theme) {
    this.theme = theme;
    localStorage.setItem(storage, theme);
    this.apply();
  }

  apply() {
    this.dark = this.theme === 'auto' ? this.system.matches : this.theme === 'dark';
    document.documentElement.dataset['theme'] = this.dark ? 'dark' : 'light';
  }
}

export const appearance = new Appearance();
