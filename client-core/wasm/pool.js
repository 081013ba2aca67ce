// The files of the module's VFS (pool_vfs.cpp), as Module.pool holds them: an array of synchronous access handles, or of
// objects that behave alike. An exception of theirs becomes a number: full (the quota) or failed.
mergeInto(LibraryManager.library, {
  $anketaPoolCode: function (error) {
    return error && error.name === 'QuotaExceededError' ? 1 : 2;
  },
  anketa_pool_slots: function () {
    return Module['pool'].length;
  },
  anketa_pool_size: function (slot) {
    try {
      return Module['pool'][slot].getSize();
    } catch (error) {
      return -1;
    }
  },
  anketa_pool_read: function (slot, into, size, at) {
    try {
      return Module['pool'][slot].read(HEAPU8.subarray(into, into + size), { at: at });
    } catch (error) {
      return -1;
    }
  },
  anketa_pool_write__deps: ['$anketaPoolCode'],
  anketa_pool_write: function (slot, from, size, at) {
    try {
      // Fewer bytes than asked for: there was no room for the rest.
      return Module['pool'][slot].write(HEAPU8.subarray(from, from + size), { at: at }) === size ? 0 : 1;
    } catch (error) {
      return anketaPoolCode(error);
    }
  },
  anketa_pool_truncate__deps: ['$anketaPoolCode'],
  anketa_pool_truncate: function (slot, size) {
    try {
      Module['pool'][slot].truncate(size);
      return 0;
    } catch (error) {
      return anketaPoolCode(error);
    }
  },
  anketa_pool_flush__deps: ['$anketaPoolCode'],
  anketa_pool_flush: function (slot) {
    try {
      Module['pool'][slot].flush();
      return 0;
    } catch (error) {
      return anketaPoolCode(error);
    }
  },
});
