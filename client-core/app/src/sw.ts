// The service worker: the whole app from the cache. A new version waits until every page of the old one is gone or says
// so (the app asks when no questionnaire is open), and never mixes files of two versions.
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope;
declare const __MANIFEST__: { url: string; revision: string | null }[];

precacheAndRoute(__MANIFEST__);
cleanupOutdatedCaches();

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'take-over') void self.skipWaiting();
});
