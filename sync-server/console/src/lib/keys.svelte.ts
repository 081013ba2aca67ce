// Keyboard shortcuts: Ctrl+K opens the palette, "g" and a letter go to a page, "/" to the page's search, "?" shows them.
// Letters are those of the keys as they lie, so that they work under a Russian layout too.
import { router } from './router.svelte';
import { pagesOf } from './pages';
import { session } from './session.svelte';

const chordLasts = 1200;

/** The Latin letter or sign of a key, whatever the layout. */
function latin(event: KeyboardEvent): string {
  if (/^[a-z/?]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code.startsWith('Key')) return event.code.slice(3).toLowerCase();
  if (event.code === 'Slash') return event.shiftKey ? '?' : '/';
  return event.key;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

class Keys {
  palette = $state(false);
  help = $state(false);
  private chord = 0;

  handle = (event: KeyboardEvent): void => {
    if (!session.user || event.defaultPrevented || event.altKey) return;
    const key = latin(event);
    if ((event.ctrlKey || event.metaKey) && key === 'k') {
      event.preventDefault();
      this.palette = !this.palette;
      return;
    }
    if (event.ctrlKey || event.metaKey || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    if (key === '/') {
      const search = document.querySelector<HTMLInputElement>('main input[type=search]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (key === '?') {
      this.help = true;
    } else if (key === 'g') {
      this.chord = event.timeStamp;
    } else if (event.timeStamp - this.chord < chordLasts) {
      const page = pagesOf(session.user.role).find((one) => one.key === key);
      if (page) router.go(page.name);
      this.chord = 0;
    }
  };
}

export const keys = new Keys();
