// The address: a page, perhaps one of its things, and filters: "#/clients/<id>?tab=history". Back and Forward work,
// and an address can be sent to a colleague. Each page is a folder under pages/.
export type Filters = Record<string, string>;

/** An address for links. Empty filters are left out. */
export function href(page: string, id = '', filters: Filters = {}): string {
  const search = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${search ? `?${search}` : ''}`;
}

class Router {
  page = $state('overview');
  id = $state('');
  filters = $state.raw<Filters>({});

  constructor() {
    this.read();
    window.addEventListener('hashchange', () => this.read());
  }

  go(page: string, id = '', filters: Filters = {}) {
    location.hash = href(page, id, filters);
  }

  /** Sets one filter of the page (empty: none) and makes it a step back in the browser's history. */
  setFilter(name: string, value: string) {
    this.setFilters({ [name]: value });
  }

  setFilters(changes: Filters) {
    location.hash = href(this.page, this.id, { ...this.filters, ...changes });
  }

  /** The same without a step back: for what is typed letter by letter. */
  replaceFilter(name: string, value: string) {
    history.replaceState(null, '', href(this.page, this.id, { ...this.filters, [name]: value }));
    this.read();
  }

  clearFilters() {
    location.hash = href(this.page, this.id);
  }

  private read() {
    const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?');
    const [page = '', id = ''] = path.split('/');
    this.page = page || 'overview';
    this.id = decodeURIComponent(id);
    this.filters = Object.fromEntries(new URLSearchParams(search));
  }
}

export const router = new Router();
