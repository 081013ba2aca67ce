// A place in the phone's own map program: iPhones and Androids have a scheme each.
export const mapLink = (place: string): string => `${/iPhone|iPad|Macintosh/.test(navigator.userAgent) ? 'maps:?q=' : 'geo:0,0?q='}${encodeURIComponent(place)}`;
export const telLink = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`;
