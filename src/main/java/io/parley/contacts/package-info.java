/**
 * Contacts and blocks: whom people know, and of whom they want nothing.
 *
 * <p>Others ask through {@link io.parley.contacts.ContactsApi}. The rows also decide elsewhere,
 * each time within the statement that reads what they guard: what of a profile is shown, who is
 * found in the directory, and whether anybody may write into a direct room. Nobody is ever told who
 * has blocked them.
 */
@NullMarked
package io.parley.contacts;

import org.jspecify.annotations.NullMarked;
