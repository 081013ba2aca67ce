// The service worker, and new versions of the app: a new one waits until the user takes it, and is never taken while a
// questionnaire is open. Questionnaires are in the database, so a new app goes on with them.
class Updates {
  ready = $state(false);
  private waiting: ServiceWorker | null = null;

  start() {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    void navigator.serviceWorker.register('/app/sw.js', { scope: '/app/' }).then((registration) => {
      this.watch(registration);
      registration.addEventListener('updatefound', () => this.watch(registration));
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden && navigator.onLine) void registration.update().catch(() => undefined);
      });
    });
  }

  take() {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.waiting?.postMessage({ type: 'take-over' });
  }

  private watch(registration: ServiceWorkerRegistration) {
    const found = (worker: ServiceWorker | null) => {
      // The first one ever is no update.
      if (!worker || !navigator.serviceWorker.controller) return;
      this.waiting = worker;
      this.ready = true;
    };
    found(registration.waiting);
    registration.installing?.addEventListener('statechange', () => found(registration.waiting));
  }
}

export const updates = new Updates();
