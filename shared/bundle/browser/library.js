// Cryptography and decompression that the page brings, as Module.bundle holds them (client-core/app/src/core/bundle.js).
// They get copies of the module's memory, and their answers are copied back.
mergeInto(LibraryManager.library, {
  $anketaBundle: function (name, into, parts) {
    if (!Module['bundle']) return -1;
    var bytes = parts.map(function (part) {
      return HEAPU8.slice(part[0], part[0] + part[1]);
    });
    var answer;
    try {
      answer = Module['bundle'][name].apply(null, bytes);
    } catch (error) {
      return 0;
    }
    if (!answer) return 0;
    if (into) HEAPU8.set(answer, into);
    return 1;
  },
  anketa_bundle_sign_public__deps: ['$anketaBundle'],
  anketa_bundle_sign_public: function (secret, into) {
    return anketaBundle('signPublic', into, [[secret, 32]]);
  },
  anketa_bundle_box_public__deps: ['$anketaBundle'],
  anketa_bundle_box_public: function (secret, into) {
    return anketaBundle('boxPublic', into, [[secret, 32]]);
  },
  anketa_bundle_sign__deps: ['$anketaBundle'],
  anketa_bundle_sign: function (secret, message, size, into) {
    return anketaBundle('sign', into, [[secret, 32], [message, size]]);
  },
  anketa_bundle_verify__deps: ['$anketaBundle'],
  anketa_bundle_verify: function (key, message, size, signature) {
    return anketaBundle('verify', 0, [[key, 32], [message, size], [signature, 64]]);
  },
  anketa_bundle_agree__deps: ['$anketaBundle'],
  anketa_bundle_agree: function (secret, key, salt, saltSize, purpose, purposeSize, into) {
    return anketaBundle('agree', into, [[secret, 32], [key, 32], [salt, saltSize], [purpose, purposeSize]]);
  },
  anketa_bundle_encrypt__deps: ['$anketaBundle'],
  anketa_bundle_encrypt: function (key, bound, boundSize, text, size, into) {
    return anketaBundle('encrypt', into, [[key, 32], [bound, boundSize], [text, size]]);
  },
  anketa_bundle_decrypt__deps: ['$anketaBundle'],
  anketa_bundle_decrypt: function (key, bound, boundSize, sealed, size, into) {
    return anketaBundle('decrypt', into, [[key, 32], [bound, boundSize], [sealed, size]]);
  },
  anketa_bundle_unpack__deps: ['malloc'],
  anketa_bundle_unpack: function (frame, size, most, textSize) {
    var text = null;
    try {
      text = Module['bundle'].unpack(HEAPU8.slice(frame, frame + size), most);
    } catch (error) {
      HEAP32[textSize >> 2] = error instanceof RangeError ? -1 : 0;
      return 0;
    }
    var at = _malloc(text.length + 1);
    HEAPU8.set(text, at);
    HEAP32[textSize >> 2] = text.length;
    return at;
  },
});
