// Something loaded from the server.
import { Load } from '@web/load.svelte';
import { failureOf, type Failure } from './session.svelte';

export class Resource<T> extends Load<T, Failure> {
  constructor() {
    super(failureOf);
  }
}
