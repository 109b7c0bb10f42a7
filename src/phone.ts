import {
  type CountryCode,
  getCountryCallingCode,
  parsePhoneNumberFromString as parseAssigned,
} from 'libphonenumber-js/max';
import { parsePhoneNumberFromString as parseAssignable } from 'libphonenumber-js/min';

export type { CountryCode };

/**
 * Converts a phone number to E.164 (`+972501234567`), for finding contacts in a CRM. Returns null
 * if the text is not a phone number: a SIP code, a short code such as `*2700`, or nothing at all.
 *
 * A number is read as dialed in `defaultCountry`, or else as an international number without its
 * `+`, which is how Voicenter sends numbers with a country prefix.
 *
 * This entry needs libphonenumber-js, which is not installed with the package because it is 13 MB:
 * run `npm install libphonenumber-js`.
 *
 * @example
 * ```ts
 * import { toE164 } from 'voicenter-cdr/phone';
 *
 * console.log(toE164('0501234567')); // +972501234567
 * console.log(toE164('442079460958')); // +442079460958
 * console.log(toE164('*2700')); // null
 * ```
 */
export function toE164(
  number: string | null | undefined,
  defaultCountry: CountryCode = 'IL',
): string | null {
  // Text copied from a Hebrew page has invisible direction marks around numbers.
  const text = String(number ?? '')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const options = { defaultCountry, extract: false };
  const national = parseAssigned(text, options);
  if (national?.isValid()) return national.number;
  const international = /^[1-9][\d\s().-]+$/.test(text) ? parseAssigned(`+${text}`) : undefined;
  if (international?.isValid()) return international.number;
  if (!hasDialingPrefix(text, defaultCountry)) return null;
  // Ranges open before they are published, so any number of the right shape is accepted.
  const assignable = parseAssignable(text, options);
  return assignable?.isValid() ? assignable.number : null;
}

/** Whether a number has a trunk prefix or a country code, which no extension has. */
function hasDialingPrefix(text: string, country: CountryCode): boolean {
  return ['0', '+', getCountryCallingCode(country)].some((prefix) => text.startsWith(prefix));
}
