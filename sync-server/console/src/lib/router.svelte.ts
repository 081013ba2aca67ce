// The address: a page and its filters, "#/overview?segment=Банк". Each page is a folder under pages/.
class Router {
  page = $state('overview');
  filters = $state<Record<string, string>>({});

  constructor() {
    this.read();
    window.addEventListener('hashchange', () => this.read());
  }

  /** Sets one filter of the page (empty: none) and makes it a step back in the browser's history. */
  setFilter(name: string, value: string) {
    const filters = { ...this.filters };
    if (value) filters[name] = value;
    else delete filters[name];
    this.write(filters);
  }

  clearFilters() {
    this.write({});
  }

  private write(filters: Record<string, string>) {
    const search = new URLSearchParams(filters).toString();
    location.hash = `/${this.page}${search ? `?${search}` : ''}`;
  }

  private read() {
    const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?');
    this.page = path || 'overview';
    this.filters = Object.fromEntries(new URLSearchParams(search));
  }
}

export const router = new Router();
