// Light, dark, or as the system says. The choice stands in data-theme of the root element; styles do the rest.
export type Theme = 'auto' | 'light' | 'dark';

const storage = 'anketa.theme';
export const themes: readonly Theme[] = ['auto', 'light', 'dark'];

class Appearance {
  theme = $state<Theme>(themes.find((theme) => theme === localStorage.getItem(storage)) ?? 'auto');

  choose(theme: Theme) {
    this.theme = theme;
    localStorage.setItem(storage, theme);
    this.apply();
  }

  apply() {
    if (this.theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.theme;
  }
}

export const appearance = new Appearance();
